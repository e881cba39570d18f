package io.carillon.delivery;

import io.carillon.delivery.Mailboxes.Receipt;
import io.carillon.events.Json;
import io.carillon.events.Mail;
import io.carillon.events.MalformedJson;
import io.carillon.metrics.Measure;
import io.carillon.trace.LogFields;
import io.carillon.trace.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Delivers one batch of the queue, which may hold letters of several mailboxes: each mailbox by itself, all side by
 * side, so that one which fails holds up no other. One that fails is tried once more at once, since most faults have
 * passed in a moment; then its messages are handed back, to come again after a pause that grows from a second, and not
 * only after the queue's visibility timeout, which must be longer than the longest delivery. Only a function that dies
 * leaves its messages to that. A message that cannot be read never will be: it goes to the dead-letter queue at once,
 * and holds up nobody.
 *
 * <p>Safe for use by several threads.
 */
public final class MailRound {

    private static final Logger LOG = LoggerFactory.getLogger(MailRound.class);

    /**
     * How often the queue hands a message out before it goes to the dead-letter queue. A mailbox stands still while a
     * message fails: with the pauses between, so many attempts are five minutes.
     */
    public static final int RECEIVES = 15;

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
     * @param group the message group, which is its mailbox's
     * @param receipt names this receipt of it to the queue
     * @param receives how often the queue has handed it out, this time included
     * @param trace what it belongs to; {@link Trace#NONE} for nothing
     */
    public record Letter(String id, String group, String receipt, String body, int receives, Trace trace) {

        /** Whether some of its work may be done already. */
        boolean isRepeated() {
            return receives > 1;
        }

        /** Whether the queue will not hand it out again. */
        boolean isLast() {
            return receives >= RECEIVES;
        }
    }

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
            mailboxes.forEach(
                    (mailbox, opened) -> rounds.add(executor.submit(LogFields.carry(() -> deliver(mailbox, opened)))));
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
    private List<Failed> failed(List<Letter> letters) {
        letters.stream().filter(Letter::isLast).forEach(this::giveUp);
        int receives = letters.stream().mapToInt(Letter::receives).max().orElseThrow();
        long doubled = 1L << Math.clamp(receives - 1, 0, 10);
        Duration pause = Duration.ofSeconds(Math.min(doubled, LONGEST_PAUSE.toSeconds()));
        return letters.stream()
                .map(letter -> new Failed(letter.id(), new Receipt(letter.receipt(), pause)))
                .toList();
    }

    private void giveUp(Letter letter) {
        deliverer.metrics().count(Measure.MAILS_GIVEN_UP);
        LOG.atError().addKeyValue("mail", letter.id()).log("A mail failed for the last time: see the DLQ");
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
                LOG.atError()
                        .addKeyValue("mail", letter.id())
                        .setCause(e)
                        .log("A message of the mailbox queue cannot be read: see the dead-letter queue");
                if (isSetAside(letter)) {
                    deliverer.metrics().count(Measure.MAILS_GIVEN_UP);
                } else {
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
        // What one mailbox sends to another belongs to the first of its mails, because it can belong to one only.
        Trace first = opened.getFirst().letter().trace();
        return first.isPresent() ? first.call(() -> inTrace(mailbox, opened)) : inTrace(mailbox, opened);
    }

    private List<Failed> inTrace(Mailbox mailbox, List<Opened> opened) {
        boolean isRepeated = opened.stream().anyMatch(one -> one.letter().isRepeated());
        if (attempt(mailbox, opened, isRepeated)
                || !Thread.currentThread().isInterrupted() && attempt(mailbox, opened, true)) {
            return List.of();
        }
        return failed(opened.stream().map(Opened::letter).toList());
    }

    private boolean attempt(Mailbox mailbox, List<Opened> opened, boolean isRepeated) {
        try {
            long began = System.nanoTime();
            deliverer.deliver(
                    mailbox.channel(),
                    mailbox.shard(),
                    opened.stream().map(Opened::mail).toList(),
                    isRepeated);
            about(LOG.atDebug(), mailbox, opened)
                    .addKeyValue("millis", (System.nanoTime() - began) / 1_000_000)
                    .log("Delivered");
            return true;
        } catch (RuntimeException e) {
            deliverer.metrics().count(Measure.FAILED_BATCHES);
            about(LOG.atError(), mailbox, opened).setCause(e).log("A delivery failed and will be repeated");
            return false;
        }
    }

    private static LoggingEventBuilder about(LoggingEventBuilder line, Mailbox mailbox, List<Opened> opened) {
        return line.addKeyValue("channel", mailbox.channel())
                .addKeyValue("shard", mailbox.shard())
                .addKeyValue("mails", opened.size())
                .addKeyValue(
                        "traces",
                        opened.stream()
                                .map(one -> one.letter().trace().id())
                                .filter(id -> !id.isEmpty())
                                .distinct()
                                .collect(Collectors.joining(" ")));
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
