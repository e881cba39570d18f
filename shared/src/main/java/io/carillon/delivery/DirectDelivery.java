package io.carillon.delivery;

import io.carillon.channel.ChannelLog;
import io.carillon.channel.ShortCut;
import io.carillon.connection.Closer;
import io.carillon.delivery.Poster.Outcome;
import io.carillon.events.FrameWriter;
import io.carillon.events.Publication;
import io.carillon.events.Push;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Posts a publication straight from its publisher to the few subscribers of a channel without history. Each gets one
 * attempt: what API Gateway does not take at once is dropped, as such channels permit, and holds up nobody.
 *
 * <p>A channel that has more subscribers, or more than one shard, is left to the mailboxes; so is one where somebody is
 * about to be answered, because only its mailbox knows how to send the publication after the answer. Costs 1 RRU per 4
 * KB of rows and half an RRU, and no queue message.
 *
 * <p>Safe for use by several threads.
 */
public final class DirectDelivery implements ShortCut {

    /** How many subscribers a publisher posts to by itself at most: more would keep it for too long. */
    public static final int FEW = 100;

    private static final int SHARD = 0;

    /** What has not been answered by then is left to arrive, or not. */
    private static final Duration PATIENCE = Duration.ofMillis(150);

    private record Posting(String connection, CompletableFuture<Outcome> outcome) {}

    private final ChannelLog log;
    private final Subscribers subscribers;
    private final Closer closer;
    private final Poster poster;
    private final int few;
    private final Postage postage;
    private final Executor executor;

    /** Starts with its ports, for shards that hold more than a few. */
    public DirectDelivery(ChannelLog log, Subscribers subscribers, Poster poster, Closer closer) {
        this(log, subscribers, poster, closer, FEW);
    }

    /**
     * Starts with its ports.
     *
     * @param few how many subscribers are few; less than a shard holds, so that a channel which has just got its second
     *     shard is not among them, even if the log's state is a moment old
     */
    public DirectDelivery(ChannelLog log, Subscribers subscribers, Poster poster, Closer closer, int few) {
        this(log, subscribers, poster, closer, few, Postage.NONE);
    }

    /** The same, and counts what it delivers. */
    public DirectDelivery(
            ChannelLog log, Subscribers subscribers, Poster poster, Closer closer, int few, Postage postage) {
        this(log, subscribers, poster, closer, few, postage, Thread::startVirtualThread);
    }

    DirectDelivery(ChannelLog log, Subscribers subscribers, Poster poster, Closer closer, int few, Executor executor) {
        this(log, subscribers, poster, closer, few, Postage.NONE, executor);
    }

    private DirectDelivery(
            ChannelLog log,
            Subscribers subscribers,
            Poster poster,
            Closer closer,
            int few,
            Postage postage,
            Executor executor) {
        this.log = log;
        this.subscribers = subscribers;
        this.closer = closer;
        this.poster = poster;
        this.few = few;
        this.postage = postage;
        this.executor = executor;
    }

    @Override
    public boolean deliver(String channel, Publication publication) {
        if (few < 1) {
            return false;
        }
        CompletableFuture<Integer> shards = CompletableFuture.supplyAsync(() -> log.shardsLately(channel), executor);
        Optional<List<Subscriber>> rows = subscribers.few(channel, SHARD, few);
        if (join(shards) > 1 || rows.isEmpty() || rows.get().stream().anyMatch(Subscriber::arriving)) {
            return false;
        }
        post(channel, publication, rows.get());
        return true;
    }

    private void post(String channel, Publication publication, List<Subscriber> rows) {
        byte[] push = FrameWriter.push(channel, new Push.Pub(publication)).getBytes(StandardCharsets.UTF_8);
        List<Posting> postings = rows.stream()
                .filter(row -> !row.away())
                .map(Subscriber::connection)
                .map(id -> new Posting(id, post(id, push, publication.time())))
                .toList();
        CompletableFuture.allOf(postings.stream().map(Posting::outcome).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        List<String> gone = postings.stream()
                .filter(posting -> posting.outcome().getNow(Outcome.BACKED_UP) == Outcome.GONE)
                .map(Posting::connection)
                .toList();
        if (!gone.isEmpty()) {
            closer.forgetFrom(channel, SHARD, gone);
        }
    }

    private CompletableFuture<Outcome> post(String connection, byte[] push, long published) {
        return poster.post(connection, push, Backoff.NONE)
                .whenComplete((outcome, never) -> postage.note(outcome, published))
                .toCompletableFuture();
    }

    private static int join(CompletableFuture<Integer> shards) {
        try {
            return shards.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
