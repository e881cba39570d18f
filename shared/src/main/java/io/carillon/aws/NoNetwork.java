package io.carillon.aws;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * Answers every request of an SDK client with 200 and an empty JSON object, and sends nothing anywhere. There is nothing to
 * delete from DynamoDB: that is answered as a condition that does not hold.
 */
final class NoNetwork implements SdkHttpClient, SdkAsyncHttpClient {

    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

    private static final byte[] NO_SUCH_ROW =
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\"}"
                    .getBytes(StandardCharsets.UTF_8);

    private static SdkHttpFullResponse answer(int status, byte[] body) {
        return SdkHttpResponse.builder()
                .statusCode(status)
                .putHeader("Content-Type", "application/x-amz-json-1.0")
                .putHeader("Content-Length", Integer.toString(body.length))
                .build();
    }

    private static boolean deletes(HttpExecuteRequest request) {
        return request.httpRequest()
                .firstMatchingHeader("X-Amz-Target")
                .filter(target -> target.endsWith(".DeleteItem"))
                .isPresent();
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        boolean deletes = deletes(request);
        byte[] body = deletes ? NO_SUCH_ROW : EMPTY;
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() {
                return HttpExecuteResponse.builder()
                        .response(answer(deletes ? 400 : 200, body))
                        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                        .build();
            }

            @Override
            public void abort() {
                // It has been answered at once.
            }
        };
    }

    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        request.responseHandler().onHeaders(answer(200, EMPTY));
        request.responseHandler().onStream(new Body(done));
        return done;
    }

    @Override
    public String clientName() {
        return "none";
    }

    @Override
    public void close() {
        // It holds nothing.
    }

    /** Gives it to those who want to own what they call through. */
    static final class Builder implements SdkAsyncHttpClient.Builder<Builder> {

        @Override
        public SdkAsyncHttpClient buildWithDefaults(AttributeMap defaults) {
            return new NoNetwork();
        }
    }

    private record Body(CompletableFuture<Void> done) implements SdkHttpContentPublisher {

        @Override
        public Optional<Long> contentLength() {
            return Optional.of((long) EMPTY.length);
        }

        @Override
        public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
            subscriber.onSubscribe(new Subscription() {
                @Override
                public void request(long number) {
                    if (!done.isDone()) {
                        subscriber.onNext(ByteBuffer.wrap(EMPTY));
                        subscriber.onComplete();
                        done.complete(null);
                    }
                }

                @Override
                public void cancel() {
                    done.complete(null);
                }
            });
        }
    }
}
