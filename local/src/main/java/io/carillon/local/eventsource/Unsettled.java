package io.carillon.local.eventsource;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Remembers when those messages were sent that were received and not yet deleted. That is what CloudWatch has as
 * {@code ApproximateAgeOfOldestMessage} and no queue tells: a message group is received in order, so what was never
 * received is younger, unless too many groups wait for a poller.
 *
 * <p>Safe for use by several threads.
 */
final class Unsettled {

    private final Map<String, Instant> sent = new ConcurrentHashMap<>();
    private final int maximumReceives;
    private final InstantSource clock;

    /** @param maximumReceives after how many a failed message goes to the dead-letter queue */
    Unsettled(int maximumReceives, InstantSource clock) {
        this.maximumReceives = maximumReceives;
        this.clock = clock;
    }

    void received(ReceivedBatch batch) {
        batch.messages().forEach(message -> sent.put(message.messageId(), sentAt(message)));
    }

    /** Forgets what is deleted, and what failed for the last time. */
    void settled(ReceivedBatch batch, BatchOutcome outcome) {
        batch.messages().stream()
                .filter(message -> !outcome.failed().contains(message.messageId()) || isLast(message))
                .forEach(message -> sent.remove(message.messageId()));
    }

    private boolean isLast(Message message) {
        return number(message, MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT) >= maximumReceives;
    }

    private Instant sentAt(Message message) {
        return message.attributes().containsKey(MessageSystemAttributeName.SENT_TIMESTAMP)
                ? Instant.ofEpochMilli(number(message, MessageSystemAttributeName.SENT_TIMESTAMP))
                : clock.instant();
    }

    private static long number(Message message, MessageSystemAttributeName name) {
        return Long.parseLong(message.attributes().getOrDefault(name, "0"));
    }

    /** Gives the age of the oldest; zero if there is none. */
    Duration oldest() {
        Instant now = clock.instant();
        return sent.values().stream()
                .min(Instant::compareTo)
                .map(oldest -> Duration.between(oldest, now))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }
}
