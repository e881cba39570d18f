package io.carillon.delivery;

import io.carillon.events.Json;
import io.carillon.events.Mail;
import io.carillon.events.MalformedJson;
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
 * side, so that one which fails holds up no other. One that fails is tried once more at once: what the queue repeats
 * comes only after its visibility timeout, and most faults have passed in a moment. A message that cannot be read never
 * will be: it goes to the dead-letter queue at once, and holds up nobody.
 *
 * <p>Safe for use by several threads.
 */
public final class MailRound {

    private static final Logger LOG = LoggerFactory.getLogger(MailRound.class);

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
     * @param isRepeated whether the queue has handed it out before, so that some of its work may be done already
     */
    public record Letter(String id, String group, String body, boolean isRepeated) {}

    private record Mailbox(String channel, int shard) {}

    private record Opened(String id, Mail mail, boolean isRepeated) {}

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
            mailboxes.forEach((mailbox, opened) -> rounds.add(executor.submit(() -> deliver(mailbox, opened))));
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
                        .add(new Opened(letter.id(), mail, letter.isRepeated()));
            } catch (MalformedJson e) {
                LOG.error("Message {} of the mailbox queue cannot be read: see the dead-letter queue", letter.id(), e);
                if (!isSetAside(letter)) {
                    failed.add(letter.id());
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
        boolean isRepeated = opened.stream().anyMatch(Opened::isRepeated);
        if (attempt(mailbox, opened, isRepeated)
                || !Thread.currentThread().isInterrupted() && attempt(mailbox, opened, true)) {
            return List.of();
        }
        return opened.stream().map(Opened::id).toList();
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
