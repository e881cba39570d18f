package io.carillon.apigateway;

import io.carillon.delivery.Backoff;
import io.carillon.delivery.Poster;
import io.carillon.delivery.Quota;
import io.carillon.metrics.Measure;
import io.carillon.metrics.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiAsyncClient;

/**
 * Posts through the SDK's asynchronous client, never more at once nor per second than its settings allow.
 *
 * <p>What API Gateway answers, and what becomes of the message:
 *
 * <ul>
 *   <li>200: delivered.
 *   <li>410: asks {@code GetConnection}. 410 again (or 400): gone. 200: the first answer was false, posts again.
 *   <li>gone: closes it all the same. Should both answers have been false, the client must learn that nothing will come
 *       any more; it connects again, and recovers.
 *   <li>400: asks {@code GetConnection} too. 400 or 410: no such connection can exist, gone. 200: the message is at fault,
 *       backed up.
 *   <li>429, which means the account's quota or the client's full buffer, 5xx, and network failures: posts again after a
 *       pause, a bounded number of times; then backed up.
 *   <li>no answer within the client's timeout: backed up at once, since the message may have arrived.
 *   <li>403, 413 and others: backed up, and logged with what to do, since they come from a wrong set-up.
 * </ul>
 *
 * <p>To backed-up connections the deliverer says "subscribe again", so nothing is lost whatever the reason was. Two
 * messages to one connection keep their order only if the second is posted after the first has completed.
 *
 * <p>Safe for use by several threads.
 */
public final class ApiGatewayPoster implements Poster {

    private static final Logger LOG = LoggerFactory.getLogger(ApiGatewayPoster.class);

    private final ApiGatewayManagementApiAsyncClient client;
    private final PosterSettings settings;
    private final Delay delay;
    private final Gate gate;
    private final Metrics metrics;

    /**
     * Posts through a client that knows the callback endpoint and does not retry by itself, and has the quota of its
     * settings for itself.
     */
    public ApiGatewayPoster(ApiGatewayManagementApiAsyncClient client, PosterSettings settings) {
        this(client, settings, Delay.TIMER);
    }

    /** Posts through such a client, and shares the quota with all who post for the account. */
    public ApiGatewayPoster(ApiGatewayManagementApiAsyncClient client, PosterSettings settings, Quota quota) {
        this(client, settings, quota, Metrics.NONE);
    }

    /** The same, and counts requests and refusals. */
    public ApiGatewayPoster(
            ApiGatewayManagementApiAsyncClient client, PosterSettings settings, Quota quota, Metrics metrics) {
        this(client, settings, Delay.TIMER, wake -> shared(quota, settings.rate(), wake, metrics), metrics);
    }

    ApiGatewayPoster(ApiGatewayManagementApiAsyncClient client, PosterSettings settings, Delay delay) {
        this(client, settings, delay, wake -> alone(settings), Metrics.NONE);
    }

    private ApiGatewayPoster(
            ApiGatewayManagementApiAsyncClient client,
            PosterSettings settings,
            Delay delay,
            Function<Runnable, Allowance> allowance,
            Metrics metrics) {
        this.client = client;
        this.settings = settings;
        this.delay = delay;
        this.metrics = metrics;
        this.gate = new Gate(settings.maxInFlight(), allowance, delay);
    }

    private static Allowance alone(PosterSettings settings) {
        TokenBucket bucket = new TokenBucket(settings.rate(), settings.burst(), System::nanoTime);
        return waiting -> bucket.take();
    }

    private static Allowance shared(Quota quota, int rate, Runnable wake, Metrics metrics) {
        InstantSource clock = InstantSource.system();
        Leases leases =
                new Leases(quota, new LocalQuota(rate, clock), clock, Thread::startVirtualThread, Delay.TIMER, metrics);
        return new SharedAllowance(rate, leases, System::nanoTime, wake);
    }

    @Override
    public CompletionStage<Outcome> post(String connection, byte[] message) {
        return post(connection, message, Backoff.unlimited());
    }

    @Override
    public CompletionStage<Outcome> post(String connection, byte[] message, Backoff backoff) {
        // Shared and not copied: one frame goes to many connections.
        return post(connection, SdkBytes.fromByteArrayUnsafe(message), backoff, 1);
    }

    @Override
    public CompletionStage<Void> close(String connection) {
        return close(connection, 1);
    }

    private CompletionStage<Outcome> post(String connection, SdkBytes data, Backoff backoff, int attempt) {
        Supplier<CompletionStage<Outcome>> again =
                () -> again(attempt, Outcome.BACKED_UP, backoff, () -> post(connection, data, backoff, attempt + 1));
        return call(
                () -> client.postToConnection(
                        post -> post.connectionId(connection).data(data)),
                Outcome.DELIVERED,
                failure -> switch (Fault.of(failure)) {
                    case GONE -> confirmGone(connection, again);
                    case BAD_REQUEST -> confirmGone(connection, () -> refused("post to", failure, Outcome.BACKED_UP));
                    case PASSING -> again.get();
                    case TIMEOUT -> done(Outcome.BACKED_UP);
                    case REFUSED -> refused("post to", failure, Outcome.BACKED_UP);
                });
    }

    private CompletionStage<Outcome> confirmGone(String connection, Supplier<CompletionStage<Outcome>> otherwise) {
        return pass(() -> client.getConnection(get -> get.connectionId(connection)))
                .handle((found, failure) -> failure == null
                        ? otherwise.get()
                        : switch (Fault.of(failure)) {
                            case GONE -> close(connection).thenApply(closed -> Outcome.GONE);
                            case BAD_REQUEST -> done(Outcome.GONE);
                            case PASSING, TIMEOUT -> otherwise.get();
                            case REFUSED -> refused("look at", failure, Outcome.BACKED_UP);
                        })
                .thenCompose(Function.identity());
    }

    private CompletionStage<Void> close(String connection, int attempt) {
        return call(
                () -> client.deleteConnection(delete -> delete.connectionId(connection)),
                null,
                failure -> switch (Fault.of(failure)) {
                    case GONE, BAD_REQUEST -> done(null);
                    case PASSING, TIMEOUT ->
                        again(attempt, null, Backoff.unlimited(), () -> close(connection, attempt + 1));
                    case REFUSED -> refused("close", failure, null);
                });
    }

    private <T> CompletableFuture<T> pass(Supplier<CompletableFuture<T>> call) {
        return gate.pass(() -> {
                    metrics.count(Measure.CALLBACK_REQUESTS);
                    return call.get();
                })
                .whenComplete((answer, failure) -> {
                    if (failure != null) {
                        Fault.measure(failure).ifPresent(metrics::count);
                    }
                });
    }

    private <T> CompletionStage<T> call(
            Supplier<? extends CompletableFuture<?>> call,
            T success,
            Function<Throwable, CompletionStage<T>> onFailure) {
        return this.<Object>pass(() -> call.get().thenApply(Function.identity()))
                .handle((answer, failure) -> failure == null ? done(success) : onFailure.apply(failure))
                .thenCompose(Function.identity());
    }

    /** Completes as the next attempt does, or otherwise if the time for that is over before it starts. */
    private <T> CompletionStage<T> again(int attempt, T otherwise, Backoff backoff, Supplier<CompletionStage<T>> next) {
        if (attempt >= settings.attempts() || backoff.isOver()) {
            return done(otherwise);
        }
        AtomicBoolean isDecided = new AtomicBoolean();
        CompletableFuture<T> result = new CompletableFuture<>();
        backoff.pausing();
        delay.after(pause(attempt), () -> {
            if (isDecided.compareAndSet(false, true)) {
                backoff.resuming();
                next.get().whenComplete((value, never) -> result.complete(value));
            }
        });
        backoff.whenOver(() -> {
            if (isDecided.compareAndSet(false, true)) {
                // Counts as under way again, because the connection is going to be noted as done.
                backoff.resuming();
                result.complete(otherwise);
            }
        });
        return result;
    }

    /** By chance between half of the pause and all of it, so that those who were throttled together do not return so. */
    private Duration pause(int attempt) {
        long doubled = settings.firstPause().toNanos() << Math.min(attempt - 1, 20);
        long longest = Math.min(doubled, settings.longestPause().toNanos());
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    }

    private static <T> CompletionStage<T> refused(String action, Throwable failure, T outcome) {
        LOG.error(
                "API Gateway refused to {} a connection: check that the role may execute-api:ManageConnections, that the"
                        + " callback endpoint is the API's own with its stage, and that messages stay within 128 KB: {}",
                action,
                Fault.cause(failure).toString());
        return done(outcome);
    }

    private static <T> CompletionStage<T> done(T outcome) {
        return CompletableFuture.completedFuture(outcome);
    }
}
