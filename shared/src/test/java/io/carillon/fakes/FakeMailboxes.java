package io.carillon.fakes;

import io.carillon.delivery.Mailboxes;
import io.carillon.events.Json;
import io.carillon.events.Mail;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * Keeps one FIFO queue per mailbox, each message as the JSON text that a queue would hold. A repeat of a dedup id within
 * five minutes vanishes, also after the first was delivered.
 */
public final class FakeMailboxes implements Mailboxes {

    /** Carries out one batch of one mailbox; when it throws, the whole batch comes again. */
    public interface Deliverer {
        void deliver(String channel, int shard, List<Mail> batch, boolean isRepeated);
    }

    private static final Duration DEDUP = Duration.ofMinutes(5);

    private record Mailbox(String channel, int shard) {}

    private record Dedup(Mailbox mailbox, String id) {}

    private final Map<Mailbox, Deque<String>> queues = new LinkedHashMap<>();
    private final Map<Dedup, Instant> seen = new HashMap<>();
    private final Set<Mailbox> inFlight = new HashSet<>();

    /** How many at the head of a mailbox have been handed out before. */
    private final Map<Mailbox, Integer> received = new HashMap<>();

    private final List<Mail> sent = new ArrayList<>();
    private final List<Receipt> handedBack = new ArrayList<>();
    private final InstantSource clock;
    private final IntSupplier batchSize;

    /** Makes mailboxes that are drained in batches of up to 10, as Lambda does from a FIFO queue. */
    public FakeMailboxes(InstantSource clock) {
        this(clock, 10);
    }

    public FakeMailboxes(InstantSource clock, int batchSize) {
        this(clock, () -> batchSize);
    }

    /** Makes mailboxes whose batches differ in size, as those of a queue do when a batch comes again. */
    public FakeMailboxes(InstantSource clock, IntSupplier batchSize) {
        this.clock = clock;
        this.batchSize = batchSize;
    }

    @Override
    public synchronized void send(List<Letter> letters) {
        letters.forEach(this::accept);
    }

    @Override
    public synchronized void handBack(List<Receipt> receipts) {
        handedBack.addAll(receipts);
    }

    /** Everything that was handed back so far. */
    public synchronized List<Receipt> handedBack() {
        return List.copyOf(handedBack);
    }

    /** Everything that was accepted so far, delivered or not, repeats left out. */
    public synchronized List<Mail> sent() {
        return List.copyOf(sent);
    }

    /** What waits in one mailbox. */
    public synchronized List<Mail> waiting(String channel, int shard) {
        return queues.getOrDefault(new Mailbox(channel, shard), new ArrayDeque<>()).stream()
                .map(FakeMailboxes::read)
                .toList();
    }

    /** Counts what waits in all mailboxes. */
    public synchronized int waiting() {
        return queues.values().stream().mapToInt(Deque::size).sum();
    }

    /**
     * Gives everything that waits to a deliverer, and what it sends meanwhile, until nothing waits. Several threads may
     * drain at once: no mailbox has two batches in flight.
     *
     * @throws RuntimeException what the deliverer throws; its batch is still at the head of the mailbox
     */
    public void drain(Deliverer deliverer) {
        boolean more;
        do {
            more = deliverOne(deliverer);
        } while (more);
    }

    /** Gives one batch of one mailbox to a deliverer; returns false if no mailbox is ready. */
    public boolean deliverOne(Deliverer deliverer) {
        Optional<Mailbox> ready = take();
        if (ready.isEmpty()) {
            return false;
        }
        Mailbox mailbox = ready.orElseThrow();
        boolean isRepeated = received(mailbox) > 0;
        List<Mail> batch = head(mailbox);
        boolean done = false;
        try {
            deliverer.deliver(mailbox.channel(), mailbox.shard(), batch, isRepeated);
            done = true;
        } finally {
            release(mailbox, batch.size(), done);
        }
        return true;
    }

    private void accept(Letter letter) {
        Mailbox mailbox = new Mailbox(letter.mail().channel(), letter.mail().shard());
        Dedup dedup = new Dedup(mailbox, letter.dedup());
        Instant now = clock.instant();
        if (seen.containsKey(dedup) && seen.get(dedup).isAfter(now)) {
            return;
        }
        seen.put(dedup, now.plus(DEDUP));
        sent.add(letter.mail());
        queues.computeIfAbsent(mailbox, key -> new ArrayDeque<>()).add(Json.write(letter.mail()));
    }

    private synchronized Optional<Mailbox> take() {
        Optional<Mailbox> ready = queues.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .filter(mailbox -> !inFlight.contains(mailbox))
                .findFirst();
        ready.ifPresent(inFlight::add);
        return ready;
    }

    private synchronized List<Mail> head(Mailbox mailbox) {
        return queues.get(mailbox).stream()
                .limit(batchSize.getAsInt())
                .map(FakeMailboxes::read)
                .toList();
    }

    private synchronized int received(Mailbox mailbox) {
        return received.getOrDefault(mailbox, 0);
    }

    private synchronized void release(Mailbox mailbox, int size, boolean done) {
        int before = received(mailbox);
        received.put(mailbox, done ? Math.max(0, before - size) : Math.max(before, size));
        Deque<String> queue = queues.remove(mailbox);
        int delivered = done ? size : 0;
        for (int i = 0; i < delivered; i++) {
            queue.remove();
        }
        // To the end, so that mailboxes take turns.
        queues.put(mailbox, queue);
        inFlight.remove(mailbox);
    }

    private static Mail read(String text) {
        return Json.read(text, Mail.class);
    }
}
