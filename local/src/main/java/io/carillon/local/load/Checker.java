package io.carillon.local.load;

import io.carillon.local.load.Breach.Kind;
import io.carillon.local.load.Observed.Witness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks a run's whole history, after it has ended, against the promises: every subscriber got every publication from
 * its first position to the channel's last offset, once, in order and unchanged, and presence is who was there.
 */
final class Checker {

    private final Observed observed;
    private final List<Breach> breaches = new ArrayList<>();
    private final Map<String, Set<String>> present = new HashMap<>();
    private Verdict sum = new Verdict(0, 0, 0, 0, 0, 0, 0, List.of());

    private Checker(Observed observed) {
        this.observed = observed;
    }

    static Verdict check(Observed observed) {
        return new Checker(observed).check();
    }

    private Verdict check() {
        Map<String, Published> published = Published.of(observed, breaches::add);
        for (Witness client : observed.clients()) {
            Map<String, Walk> walks = new HashMap<>();
            for (String channel : client.channels()) {
                Published log = published.getOrDefault(channel, Published.NOTHING);
                walks.put(channel, walk(client.name(), channel, log));
            }
            follow(client, walks);
            if (!client.isDead()) {
                walks.values().forEach(this::finish);
            }
        }
        readBack();
        comparePresence();
        breaches.addAll(PresenceCheck.check(observed));
        breaches.sort(Comparator.comparingLong(Breach::at));
        return new Verdict(
                sum.subscriptions(),
                sum.expected(),
                sum.received(),
                sum.recovered(),
                sum.recoveries(),
                sum.beyondWindow(),
                sum.repeats(),
                List.copyOf(breaches));
    }

    private Walk walk(String client, String channel, Published log) {
        Trail trail = new Trail(client, channel, log, observed.rules(), breaches::add);
        return observed.rules().history() ? new OrderedWalk(trail) : new LooseWalk(trail);
    }

    private void readBack() {
        for (ReadBack one : observed.readBacks()) {
            // Where a jump of the clock ages the history, it may be gone before it can be read.
            boolean aged =
                    one.found() == ReadBack.Found.NOTHING && observed.rules().expires();
            if (one.found() != ReadBack.Found.THE_PUBLICATION && !aged) {
                String detail = one.found() == ReadBack.Found.NOTHING ? "nothing there" : "other data there";
                breaches.add(new Breach(Kind.NOT_IN_HISTORY, one.channel(), one.offset(), "", one.at(), detail));
            }
        }
    }

    private void follow(Witness client, Map<String, Walk> walks) {
        String id = "";
        Set<String> subscribed = new HashSet<>();
        for (Seen event : client.events()) {
            switch (event) {
                case Seen.Connected connected -> id = connected.client();
                case Seen.Lost lost -> subscribed.clear();
                case Seen.Subscribed reply -> {
                    subscribed.add(reply.channel());
                    walks.get(reply.channel()).subscribed(reply);
                }
                case Seen.Unsubscribed ended -> subscribed.remove(ended.channel());
                case Seen.Left left -> {
                    subscribed.remove(left.channel());
                    walks.get(left.channel()).left();
                }
                case Seen.Received received -> received(client, walks, received);
                case Seen.Refused refused -> {
                    // Counted elsewhere: what matters here is whether the client got there in the end.
                }
            }
        }
        if (client.isDead()) {
            return;
        }
        for (String channel : client.channels()) {
            if (subscribed.contains(channel)) {
                present.computeIfAbsent(channel, name -> new HashSet<>()).add(id);
            } else {
                breaches.add(new Breach(Kind.NOT_BACK, channel, 0, client.name(), observed.endedAt(), ""));
            }
        }
    }

    private void received(Witness client, Map<String, Walk> walks, Seen.Received received) {
        Walk walk = walks.get(received.channel());
        if (walk != null) {
            walk.received(received);
            return;
        }
        String detail = "it never subscribed to this channel";
        breaches.add(
                new Breach(Kind.STRAY, received.channel(), received.offset(), client.name(), received.at(), detail));
    }

    private void finish(Walk walk) {
        walk.end(observed.endedAt());
        Verdict one = walk.verdict();
        sum = new Verdict(
                sum.subscriptions() + 1,
                sum.expected() + one.expected(),
                sum.received() + one.received(),
                sum.recovered() + one.recovered(),
                sum.recoveries() + one.recoveries(),
                sum.beyondWindow() + one.beyondWindow(),
                sum.repeats() + one.repeats(),
                List.of());
    }

    private void comparePresence() {
        observed.presence().forEach((channel, said) -> {
            Set<String> there = present.getOrDefault(channel, Set.of());
            report(channel, there, said, "missing");
            report(channel, said, there, "still there");
        });
    }

    private void report(String channel, Set<String> all, Set<String> known, String what) {
        for (String id : all) {
            if (!known.contains(id)) {
                breaches.add(new Breach(
                        Kind.PRESENCE, channel, 0, "", observed.endedAt(), "client id " + id + " is " + what));
            }
        }
    }
}
