package io.carillon.local.load;

import io.carillon.local.load.Breach.Kind;
import io.carillon.local.load.Observed.Witness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares what the server said of presence during the run with who was subscribed. What changed about the time of the
 * call counts neither way: a lost connection is noticed late, and leaving goes through a queue.
 */
final class PresenceCheck {

    /** How long after it left a client may still be named, and how long after the call it must have stayed. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /**
     * How long with faults: a delivery that failed is repeated after the mailbox's visibility timeout of 30 s, and what
     * waits behind it is late by as much. So is the delivery after it, if that fails too.
     */
    private static final Duration GRACE_WITH_FAULTS = Duration.ofSeconds(70);

    private static final long STAYED = Duration.ofSeconds(2).toNanos();

    /** A time in which a client was in a channel, under one client id; {@code left} if it ended by its own will. */
    private record Stay(String client, String id, long from, long to, boolean left) {}

    private final Map<String, List<Stay>> stays = new HashMap<>();
    private final List<Breach> breaches = new ArrayList<>();
    private final long grace;

    private PresenceCheck(boolean faults) {
        this.grace = (faults ? GRACE_WITH_FAULTS : GRACE).toNanos();
    }

    static List<Breach> check(Observed observed) {
        PresenceCheck check = new PresenceCheck(observed.rules().faults());
        if (!observed.samples().isEmpty()) {
            observed.clients().forEach(client -> check.follow(client, observed.endedAt()));
            observed.samples().forEach(check::compare);
        }
        return check.breaches;
    }

    private void follow(Witness client, long end) {
        Map<String, Long> since = new HashMap<>();
        String id = "";
        for (Seen event : client.events()) {
            switch (event) {
                case Seen.Connected connected -> id = connected.client();
                case Seen.Subscribed reply -> since.put(reply.channel(), reply.at());
                case Seen.Left left -> ended(client, id, left.channel(), since, left.at(), true);
                case Seen.Unsubscribed ended -> ended(client, id, ended.channel(), since, ended.at(), false);
                case Seen.Lost lost -> {
                    for (String channel : List.copyOf(since.keySet())) {
                        ended(client, id, channel, since, lost.at(), false);
                    }
                }
                case Seen.Received received -> {
                    // Says nothing of presence.
                }
                case Seen.Refused refused -> {
                    // Neither.
                }
            }
        }
        for (String channel : List.copyOf(since.keySet())) {
            ended(client, id, channel, since, end, false);
        }
    }

    private void ended(Witness client, String id, String channel, Map<String, Long> since, long at, boolean left) {
        Long from = since.remove(channel);
        if (from != null) {
            stays.computeIfAbsent(channel, name -> new ArrayList<>()).add(new Stay(client.name(), id, from, at, left));
        }
    }

    private void compare(PresenceSample sample) {
        List<Stay> all = stays.getOrDefault(sample.channel(), List.of());
        for (Stay stay : all) {
            boolean there = stay.from() < sample.askedAt() && stay.to() > sample.at() + STAYED;
            if (there && !sample.clients().contains(stay.id())) {
                report(sample, stay, "is missing");
            }
            boolean gone = stay.left() && stay.to() + grace < sample.askedAt();
            if (gone && sample.clients().contains(stay.id()) && !cameBack(all, stay, sample)) {
                report(sample, stay, "is still there");
            }
        }
    }

    private static boolean cameBack(List<Stay> all, Stay gone, PresenceSample sample) {
        return all.stream()
                .anyMatch(stay ->
                        stay.id().equals(gone.id()) && stay.from() > gone.to() && stay.from() < sample.at() + STAYED);
    }

    private void report(PresenceSample sample, Stay stay, String what) {
        String detail = "client id " + stay.id() + " " + what;
        breaches.add(new Breach(Kind.PRESENCE, sample.channel(), 0, stay.client(), sample.at(), detail));
    }
}
