package io.carillon.local.eventsource;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Holds the messages of one invocation.
 *
 * @param hiddenUntil when the first of them becomes visible again, on the clock of {@link System#nanoTime()}
 */
record ReceivedBatch(List<Message> messages, long hiddenUntil) {

    ReceivedBatch {
        messages = List.copyOf(messages);
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** Says whether the queue may give these messages to somebody else by now. */
    boolean isVisibleAgain() {
        return System.nanoTime() - hiddenUntil >= 0;
    }

    Set<String> ids() {
        return messages.stream().map(Message::messageId).collect(Collectors.toUnmodifiableSet());
    }

    /** Names the message groups of a FIFO queue; none for a standard queue, where a group is no lock. */
    Set<String> lockedGroups() {
        return messages.stream()
                .filter(message -> message.attributes().containsKey(MessageSystemAttributeName.SEQUENCE_NUMBER))
                .map(message -> message.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID))
                .collect(Collectors.toUnmodifiableSet());
    }
}
