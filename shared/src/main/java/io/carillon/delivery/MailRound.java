package io.carillon.delivery;

import io.carillon.events.Json;
import io.carillon.events.Mail;
import io.carillon.events.MalformedJson;
import io.carillon.metrics.Measure;
import io.carillon.trace.LogFields;
import io.carillon.trace.Trace;
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
 * side, so that one which fails holds up no other. One that fails is tried once more at once: what the queue repeats
 * comes only after its visibility timeout, and most faults have passed in a moment. A message that cannot be read never
 * will be: it goes to the dead-letter queue at once, and holds up nobody.
 *
 * <p>Safe for use by several threads.
 */
public final class MailRound {

    private static final Logger LOG = LoggerFactory.getLogger(MailRound.class);

    /** How often the queue hands a message out before it goes to the dead-letter queue. */
    public static final int RECEIVES = 10;

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
     * @param receives how often the queue has handed it out, this time included
     * @param trace what it belongs to
     */
    public record Letter(String id, String group, String body, int receives, Trace trace) {

        /** A message that belongs to nothing. */
        public Letter(String id, String group, String body, boolean isRepeated) {
            this(id, group, body, isRepeated ? 2 : 1, Trace.NONE);
        }

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

    private record Opened(Letter letter, Mail mail) {}

    /**
     * Delivers what can be delivered.
     *
     * @param letters in the order of the queue
     * @return the ids of the messages to deliver again: all of a mailbox whose delivery failed, so that its order holds
     */
    public List<String> deliver(List<Letter> letters) {
        List<String> failed = new ArrayList<>();
        Map<Mailbox, List<Opened>> mailboxes = sort(letters, failed);
        if (mailboxes.size() == 1) {
            mailboxes.forEach((mailbox, opened) -> failed.addAll(deliver(mailbox, opened)));
            return failed;
        }
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> rounds = new ArrayList<>();
            mailboxes.forEach(
                    (mailbox, opened) -> rounds.add(executor.submit(LogFields.carry(() -> deliver(mailbox, opened)))));
            for (Future<List<String>> round : rounds) {
                failed.addAll(join(round));
            }
        }
        return failed;
    }

    private Map<Mailbox, List<Opened>> sort(List<Letter> letters, List<String> failed) {
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
                    failed.addAll(giveBack(List.of(letter)));
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

    private List<String> deliver(Mailbox mailbox, List<Opened> opened) {
        // What one mailbox sends to another belongs to the first of its mails, because it can belong to one only.
        Trace first = opened.getFirst().letter().trace();
        return first.isPresent() ? first.call(() -> inTrace(mailbox, opened)) : inTrace(mailbox, opened);
    }

    private List<String> inTrace(Mailbox mailbox, List<Opened> opened) {
        boolean isRepeated = opened.stream().anyMatch(one -> one.letter().isRepeated());
        if (attempt(mailbox, opened, isRepeated)
                || !Thread.currentThread().isInterrupted() && attempt(mailbox, opened, true)) {
            return List.of();
        }
        return giveBack(opened.stream().map(Opened::letter).toList());
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

    private List<String> giveBack(List<Letter> letters) {
        letters.stream().filter(Letter::isLast).forEach(letter -> {
            deliverer.metrics().count(Measure.MAILS_GIVEN_UP);
            LOG.atError().addKeyValue("mail", letter.id()).log("A mail failed for the last time: see the DLQ");
        });
        return letters.stream().map(Letter::id).toList();
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

    private static List<String> join(Future<List<String>> round) {
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
