package io.carillon.longpoll;

import io.carillon.delivery.Poster.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what was posted to long-poll connections until they have fetched it: one outbox for each, in the order of the
 * posts. A connection that has not asked for its messages for {@link #PATIENCE} is gone, and its outbox with it.
 *
 * <p>Safe for use by several threads and processes.
 */
public interface Outboxes {

    /** How long a connection lasts, which is as long as API Gateway lets a WebSocket last. */
    Duration LIFETIME = Duration.ofHours(2);

    /**
     * How long a client may be silent. Browsers let a page in the background do something once a minute.
     */
    Duration PATIENCE = Duration.ofMinutes(3);

    /**
     * How many bytes wait at most, in UTF-8 and with {@link #OVERHEAD} for each message; one message alone may be of any
     * size that can be posted.
     */
    int CAPACITY = 128 * 1024;

    /** What a message takes up beside its text. */
    int OVERHEAD = 16;

    /** How many messages are given at a time. */
    int AT_A_TIME = 200;

    /**
     * What waits for a connection.
     *
     * @param before the number of the last message before these
     * @param messages in order, numbered on from {@code before}
     * @param closed whether no more will come
     */
    record Waiting(long before, List<String> messages, boolean closed) {

        /** Copies the messages. */
        public Waiting {
            messages = List.copyOf(messages);
        }

        /** What is left once some have been received. */
        public Waiting without(int received) {
            return new Waiting(before + received, messages.subList(received, messages.size()), closed);
        }

        /** The first of the messages; more will come if there are others. */
        public Waiting first(int most) {
            return messages.size() <= most ? this : new Waiting(before, messages.subList(0, most), false);
        }
    }

    /** Makes an empty outbox for a new connection. */
    void open(String connection);

    /**
     * Adds a message behind the others.
     *
     * @return backed up if there is no room, gone if there is no such connection any more
     */
    Outcome add(String connection, String message);

    /**
     * Gives what waits for a connection, without what it has received: the first {@link #AT_A_TIME} messages.
     *
     * @param ack the number of the last message that the client has received, which is dropped with all before it
     * @return empty if there is no such connection any more
     */
    Optional<Waiting> take(String connection, long ack);

    /** Lets no more in; what waits can still be taken. */
    void close(String connection);

    /** Drops the outbox and what is in it. */
    void remove(String connection);
}
