package io.carillon.local.load;

import io.carillon.local.load.Attempt.Outcome.Accepted;
import io.carillon.local.load.Attempt.Outcome.Failed;
import io.carillon.local.load.Breach.Kind;
import io.carillon.local.load.Seen.Received;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What was published in one channel, by offset: what every subscriber must have seen. */
final class Published {

    /** A channel in which nothing was published. */
    static final Published NOTHING = new Published();

    private final NavigableMap<Long, Attempt> byOffset = new TreeMap<>();
    private final Map<Long, Attempt> unanswered = new HashMap<>();
    private final Map<Long, Attempt> byDigest = new HashMap<>();
    private String epoch = "";

    private Published() {}

    /** Sorts the calls by channel; whatever the server's answers themselves break is reported. */
    static Map<String, Published> of(Observed observed, Consumer<Breach> breaches) {
        Map<String, Published> channels = new HashMap<>();
        for (Attempt attempt : observed.attempts()) {
            Published channel = channels.computeIfAbsent(attempt.channel(), name -> new Published());
            switch (attempt.outcome()) {
                case Accepted accepted
                when !observed.rules().history() -> channel.byDigest.put(attempt.digest(), attempt);
                case Accepted accepted -> channel.accept(attempt, accepted, breaches);
                case Failed failed when attempt.isOpen() -> channel.unanswered.put(attempt.digest(), attempt);
                case Failed refused -> {
                    // Whoever sees it all the same sees what nobody published.
                }
            }
        }
        // A call that failed may have been carried out all the same. What one subscriber saw, all must have seen.
        if (!observed.rules().history()) {
            return channels;
        }
        for (Observed.Witness client : observed.clients()) {
            for (Seen event : client.events()) {
                if (event instanceof Received received && channels.containsKey(received.channel())) {
                    channels.get(received.channel()).adopt(received);
                }
            }
        }
        return channels;
    }

    private void accept(Attempt attempt, Accepted accepted, Consumer<Breach> breaches) {
        byDigest.put(attempt.digest(), attempt);
        long offset = accepted.position().offset();
        if (epoch.isEmpty()) {
            epoch = accepted.position().epoch();
        } else if (!epoch.equals(accepted.position().epoch())) {
            String detail = epoch + " became " + accepted.position().epoch();
            breaches.accept(new Breach(Kind.NEW_EPOCH, attempt.channel(), offset, "", accepted.at(), detail));
            return;
        }
        if (byOffset.putIfAbsent(offset, attempt) != null) {
            breaches.accept(new Breach(Kind.DOUBLE_OFFSET, attempt.channel(), offset, "", accepted.at(), ""));
        }
    }

    private void adopt(Received received) {
        if (!byOffset.containsKey(received.offset())) {
            Attempt attempt = unanswered.remove(received.digest());
            if (attempt != null) {
                byDigest.put(received.digest(), attempt);
                byOffset.put(received.offset(), attempt);
            }
        }
    }

    Optional<Attempt> at(long offset) {
        return Optional.ofNullable(byOffset.get(offset));
    }

    /** Finds a publication by its data, which no two have alike. */
    Optional<Attempt> of(long digest) {
        return Optional.ofNullable(byDigest.get(digest));
    }

    /** Whether the data belongs to a publication of which nobody knows whether it was published. */
    boolean isOpen(long digest) {
        return unanswered.containsKey(digest);
    }

    String epoch() {
        return epoch;
    }

    /** Lists the offsets after one. */
    List<Long> offsetsAfter(long offset) {
        return List.copyOf(byOffset.tailMap(offset, false).keySet());
    }
}
