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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Posts a publication from the function that publishes it, to a channel that is small enough: one query and one cheap
 * read beside the posts, instead of a queue's three requests, another function and its reads.
 *
 * <p>The publisher does not wait for a connection that is slow: what has not arrived after a moment is left to arrive, or
 * not. Safe for use by several threads.
 */
public final class DirectDelivery implements ShortCut {

    /** More subscribers would hold up the publisher, and what a queue costs no longer counts beside their posts. */
    static final int MOST_SUBSCRIBERS = 100;

    private static final Duration PATIENCE = Duration.ofMillis(150);

    private final ChannelLog log;
    private final Subscribers subscribers;
    private final Poster poster;
    private final Closer closer;

    public DirectDelivery(ChannelLog log, Subscribers subscribers, Poster poster, Closer closer) {
        this.log = log;
        this.subscribers = subscribers;
        this.poster = poster;
        this.closer = closer;
    }

    @Override
    public boolean deliver(String channel, Publication publication) {
        // A second shard that was opened a moment ago may be missed; the first is always seen as it is.
        if (log.shardsLately(channel) > 1) {
            return false;
        }
        List<Subscriber> all = subscribers.in(channel, 0);
        if (all.size() > MOST_SUBSCRIBERS) {
            return false;
        }
        byte[] frame = FrameWriter.push(channel, new Push.Pub(publication)).getBytes(StandardCharsets.UTF_8);
        List<Posting> postings = all.stream()
                .filter(subscriber -> !subscriber.away())
                .map(subscriber -> new Posting(
                        subscriber.connection(),
                        poster.post(subscriber.connection(), frame).toCompletableFuture()))
                .toList();
        await(postings);
        postings.stream().filter(Posting::isGone).forEach(posting -> closer.forget(posting.connection()));
        return true;
    }

    private record Posting(String connection, CompletableFuture<Outcome> outcome) {

        boolean isGone() {
            return outcome.getNow(Outcome.BACKED_UP) == Outcome.GONE;
        }
    }

    private static void await(List<Posting> postings) {
        CompletableFuture.allOf(postings.stream().map(Posting::outcome).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
