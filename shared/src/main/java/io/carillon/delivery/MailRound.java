package io.carillon.delivery;

import io.carillon.delivery.Mailboxes.Receipt;
import io.carillon.events.Json;
import io.carillon.events.Mail;
import io.carillon.events.MalformedJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers one batch of the queue, which may hold letters of several mailboxes: each mailbox by itself, all side by
 * side, so that one which fails holds up no other. One that fails is tried once more at once, since most faults have
 * passed in a moment; then its messages are handed back, to come again after a pause that grows from a second, and not
 * only after the queue's visibility timeout, which must be longer than the longest delivery. Only a function that dies
 * leaves its messages to that. A message that cannot be
 * read never will be: it goes to the dead-letter queue at once, and holds up nobody.
 *
 * <p>Safe for use by several threads.
 */
public final class MailRound {

    private static final Logger LOG = LoggerFactory.getLogger(MailRound.class);

    /** What the queue's visibility timeout would be. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Deliverer deliverer;
    private final DeadLetters deadLetters;

    public MailRound(Deliverer deliverer, DeadLetters deadLetters) {
        this.deliverer = deliverer;
        this.deadLetters = deadLetters;
    }

    /**
     * A message of the queue.
     *
     * @param receipt names this receipt of it to the queue
     * @param group the message group, which is its mailbox's
     * @param receiveCount how often the queue has handed it out, this time included; some of its work may be done already
     */
    public record Letter(String id, String receipt, String group, String body, int receiveCount) {}

    private record Mailbox(String channel, int shard) {}

    private record Failed(String id, Receipt receipt) {}

    private record Opened(Letter letter, Mail mail) {}

    /**
     * Delivers what can be delivered.
     *
     * @param letters in the order of the queue
     * @return the ids of the messages to deliver again: all of a mailbox whose delivery failed, so that its order holds
     */
    public List<String> deliver(List<Letter> letters) {
        List<Failed> failed = new ArrayList<>();
        Map<Mailbox, List<Opened>> mailboxes = sort(letters, failed);
        if (mailboxes.size() == 1) {
            mailboxes.forEach((mailbox, opened) -> failed.addAll(deliver(mailbox, opened)));
        } else {
            failed.addAll(deliverAll(mailboxes));
        }
        handBack(failed);
        return failed.stream().map(Failed::id).toList();
    }

    private List<Failed> deliverAll(Map<Mailbox, List<Opened>> mailboxes) {
        List<Failed> failed = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Failed>>> rounds = new ArrayList<>();
            mailboxes.forEach((mailbox, opened) -> rounds.add(executor.submit(() -> deliver(mailbox, opened))));
            for (Future<List<Failed>> round : rounds) {
                failed.addAll(join(round));
            }
        }
        return failed;
    }

    private void handBack(List<Failed> failed) {
        if (failed.isEmpty() || Thread.currentThread().isInterrupted()) {
            return;
        }
        try {
            deliverer.handBack(failed.stream().map(Failed::receipt).toList());
        } catch (RuntimeException e) {
            LOG.warn("{} messages come again only after the queue's visibility timeout", failed.size(), e);
        }
    }

    /** All with the same pause, so that those of one mailbox come again together. */
    private static List<Failed> failed(List<Letter> letters) {
        int receives = letters.stream().mapToInt(Letter::receiveCount).max().orElseThrow();
        long doubled = 1L << Math.clamp(receives - 1, 0, 10);
        Duration pause = Duration.ofSeconds(Math.min(doubled, LONGEST_PAUSE.toSeconds()));
        return letters.stream()
                .map(letter -> new Failed(letter.id(), new Receipt(letter.receipt(), pause)))
                .toList();
    }

    private Map<Mailbox, List<Opened>> sort(List<Letter> letters, List<Failed> failed) {
        Map<Mailbox, List<Opened>> mailboxes = new LinkedHashMap<>();
        for (Letter letter : letters) {
            try {
                Mail mail = Json.read(letter.body(), Mail.class);
                mailboxes
                        .computeIfAbsent(new Mailbox(mail.channel(), mail.shard()), mailbox -> new ArrayList<>())
                        .add(new Opened(letter, mail));
            } catch (MalformedJson e) {
                LOG.error("Message {} of the mailbox queue cannot be read: see the dead-letter queue", letter.id(), e);
                if (!isSetAside(letter)) {
                    failed.addAll(failed(List.of(letter)));
                }
            }
        }
        return mailboxes;
    }

    private boolean isSetAside(Letter letter) {
        try {
            deadLetters.take(letter);
            return true;
        } catch (RuntimeException e) {
            LOG.error("Message {} could not be set aside; the queue will, when it has had enough", letter.id(), e);
            return false;
        }
    }

    private List<Failed> deliver(Mailbox mailbox, List<Opened> opened) {
        boolean isRepeated = opened.stream().anyMatch(one -> one.letter().receiveCount() > 1);
        if (attempt(mailbox, opened, isRepeated)
                || !Thread.currentThread().isInterrupted() && attempt(mailbox, opened, true)) {
            return List.of();
        }
        return failed(opened.stream().map(Opened::letter).toList());
    }

    private boolean attempt(Mailbox mailbox, List<Opened> opened, boolean isRepeated) {
        try {
            deliverer.deliver(
                    mailbox.channel(),
                    mailbox.shard(),
                    opened.stream().map(Opened::mail).toList(),
                    isRepeated);
            return true;
        } catch (RuntimeException e) {
            LOG.error(
                    "Delivery to channel {} shard {} failed and will be repeated",
                    mailbox.channel(),
                    mailbox.shard(),
                    e);
            return false;
        }
    }

    private static List<Failed> join(Future<List<Failed>> round) {
        try {
            return round.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted during a delivery", e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("A delivery failed in an unforeseen way", e);
        }
    }
}
