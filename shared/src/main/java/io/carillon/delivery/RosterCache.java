package io.carillon.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers the subscribers of the shards that this process delivered to last, so that the next batch need not read
 * them again: 1,000 rows are some 65 RRU and tens of milliseconds.
 *
 * <p>What is remembered belongs to a version of the shard's state, which every delivery reads. A delivery that changes
 * rows moves the version on when it is finished, so rows that were changed elsewhere are not taken for those that are
 * remembered. A delivery that failed may have changed rows without a new version; the queue then repeats its batch
 * before any other of that mailbox, and a repeated batch relies on nothing remembered. Should the queue give the batch
 * up instead, it has tried for longer than anything is remembered.
 *
 * <p>Safe for use by several threads.
 */
final class RosterCache {

    /** How many subscribers are remembered in all; some tens of MB. */
    static final int CAPACITY = 50_000;

    /**
     * Shorter than the queue takes to give a batch up: fifteen receives, between which the pauses of {@link MailRound} add
     * up to five minutes.
     */
    static final Duration LIFETIME = Duration.ofMinutes(2);

    private record Mailbox(String channel, int shard) {}

    private record Remembered(long version, List<Subscriber> rows, Instant until) {

        /** An empty shard takes room too. */
        int weight() {
            return rows.size() + 1;
        }
    }

    private final Map<Mailbox, Remembered> shards = new LinkedHashMap<>();
    private final int capacity;
    private final InstantSource clock;
    private int weight;

    RosterCache(int capacity, InstantSource clock) {
        this.capacity = capacity;
        this.clock = clock;
    }

    /** Takes out what is remembered of a shard; empty unless it belongs to this version. Expired rows are left out. */
    synchronized Optional<List<Subscriber>> take(String channel, int shard, long version) {
        Remembered found = remove(new Mailbox(channel, shard));
        Instant now = clock.instant();
        if (found == null || found.version() != version || !found.until().isAfter(now)) {
            return Optional.empty();
        }
        long second = now.getEpochSecond();
        return Optional.of(found.rows().stream()
                .filter(row -> row.expireAt() == 0 || row.expireAt() > second)
                .toList());
    }

    /** Remembers the rows of a shard, and forgets those that were remembered longest ago if they become too many. */
    synchronized void put(String channel, int shard, long version, List<Subscriber> rows) {
        Mailbox mailbox = new Mailbox(channel, shard);
        remove(mailbox);
        Remembered latest = new Remembered(version, rows, clock.instant().plus(LIFETIME));
        shards.put(mailbox, latest);
        weight += latest.weight();
        Iterator<Remembered> oldest = shards.values().iterator();
        while (weight > capacity) {
            weight -= oldest.next().weight();
            oldest.remove();
        }
    }

    private Remembered remove(Mailbox mailbox) {
        Remembered found = shards.remove(mailbox);
        weight -= found == null ? 0 : found.weight();
        return found;
    }
}
