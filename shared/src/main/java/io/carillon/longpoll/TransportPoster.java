package io.carillon.longpoll;

import io.carillon.delivery.Backoff;
import io.carillon.delivery.Poster;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts to each connection by its own way: to the outbox of a long-poll connection, to all others through API Gateway. A
 * full outbox is backed up at once, because its client comes for the messages no sooner however often they are offered.
 *
 * <p>Safe for use by several threads.
 */
public final class TransportPoster implements Poster {

    private static final Logger LOG = LoggerFactory.getLogger(TransportPoster.class);

    /** Fewer than the connections that the SDK's client keeps, so that others get one too. */
    private static final int AT_ONCE = 32;

    private final Poster webSocket;
    private final Outboxes outboxes;
    private final Executor executor;
    private final Semaphore room = new Semaphore(AT_ONCE);

    public TransportPoster(Poster webSocket, Outboxes outboxes) {
        this(webSocket, outboxes, Thread::startVirtualThread);
    }

    /** Starts with what runs the calls to the outboxes, which block. */
    public TransportPoster(Poster webSocket, Outboxes outboxes, Executor executor) {
        this.webSocket = webSocket;
        this.outboxes = outboxes;
        this.executor = executor;
    }

    @Override
    public CompletionStage<Outcome> post(String connection, byte[] message) {
        return PollSession.isConnection(connection) ? add(connection, message) : webSocket.post(connection, message);
    }

    @Override
    public CompletionStage<Outcome> post(String connection, byte[] message, Backoff backoff) {
        return PollSession.isConnection(connection)
                ? add(connection, message)
                : webSocket.post(connection, message, backoff);
    }

    @Override
    public CompletionStage<Void> close(String connection) {
        if (!PollSession.isConnection(connection)) {
            return webSocket.close(connection);
        }
        return attempt("close", Outcome.DELIVERED, () -> {
                    outboxes.close(connection);
                    return Outcome.DELIVERED;
                })
                .thenApply(outcome -> null);
    }

    private CompletionStage<Outcome> add(String connection, byte[] message) {
        String text = new String(message, StandardCharsets.UTF_8);
        return attempt("post to", Outcome.BACKED_UP, () -> outboxes.add(connection, text));
    }

    private CompletionStage<Outcome> attempt(String action, Outcome otherwise, Supplier<Outcome> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    room.acquireUninterruptibly();
                    try {
                        return work.get();
                    } catch (RuntimeException e) {
                        LOG.warn("Could not {} a long-poll connection's outbox: {}", action, e.toString());
                        return otherwise;
                    } finally {
                        room.release();
                    }
                },
                executor);
    }
}
