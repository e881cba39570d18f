package io.carillon.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InProcessFunctionTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final AccountConcurrency concurrency = AccountConcurrency.defaults();

    private InProcessFunction function(RequestStreamHandler handler) {
        return new InProcessFunction("test", handler, LONG, concurrency);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void shouldHandOverTheEventAndGiveBackTheAnswer() {
        InProcessFunction function = function((in, out, context) -> {
            out.write(in.readAllBytes());
            out.write('!');
        });

        assertThat(function.invoke(bytes("{\"ü\":1}"))).isEqualTo(bytes("{\"ü\":1}!"));
        assertThat(function.name()).isEqualTo("test");
    }

    @Test
    void shouldTellTheHandlerAboutItsInvocation() throws Exception {
        // Given
        CompletableFuture<Context> seen = new CompletableFuture<>();
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        InProcessFunction function = function((in, out, context) -> {
            seen.complete(context);
            thread.complete(Thread.currentThread());
        });

        // When
        function.invoke(bytes("{}"));

        // Then
        Context context = seen.get(60, TimeUnit.SECONDS);
        assertThat(context.getFunctionName()).isEqualTo("test");
        assertThat(context.getAwsRequestId()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(context.getRemainingTimeInMillis()).isPositive().isLessThanOrEqualTo(30_000);
        assertThat(thread.get(60, TimeUnit.SECONDS).isVirtual()).isTrue();
    }

    @Test
    void shouldReportAHandlerThatThrows() {
        assertThatThrownBy(() -> function((in, out, context) -> {
                            throw new IOException("broken");
                        })
                        .invoke(bytes("{}")))
                .isInstanceOf(FunctionError.class)
                .hasRootCauseMessage("broken");
        assertThatThrownBy(() -> function((in, out, context) -> {
                            throw new StackOverflowError("deep");
                        })
                        .invoke(bytes("{}")))
                .isInstanceOf(FunctionError.class)
                .hasCauseInstanceOf(StackOverflowError.class);
        assertThat(concurrency.running()).isZero();
    }

    @Test
    void shouldInterruptAHandlerThatRunsPastTheTimeoutAndGiveItsPlaceBack() throws Exception {
        // Given
        CountDownLatch interrupted = new CountDownLatch(1);
        InProcessFunction function = new InProcessFunction(
                "slow",
                (in, out, context) -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                },
                Duration.ofSeconds(2),
                concurrency);

        // Then
        assertThatThrownBy(() -> function.invoke(bytes("{}")))
                .isInstanceOf(FunctionError.class)
                .hasMessageContaining("Task timed out after 2.00 seconds");
        assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(concurrency.running()).isZero();
    }

    @Test
    void shouldThrottleWhatExceedsTheConcurrencyThatFunctionsShare() throws Exception {
        // Given
        concurrency.limit(1);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        InProcessFunction busy = function((in, out, context) -> {
            inside.countDown();
            await(leave);
        });
        InProcessFunction other = function((in, out, context) -> out.write(1));

        // When
        CompletableFuture<byte[]> running = CompletableFuture.supplyAsync(() -> busy.invoke(bytes("{}")));
        assertThat(inside.await(60, TimeUnit.SECONDS)).isTrue();

        // Then
        assertThatThrownBy(() -> other.invoke(bytes("{}"))).isInstanceOf(FunctionThrottled.class);

        // When
        leave.countDown();
        running.get(60, TimeUnit.SECONDS);

        // Then
        assertThat(other.invoke(bytes("{}"))).hasSize(1);
    }

    @Test
    void shouldRunInvocationsOfOneHandlerSideBySide() throws ExecutionException, InterruptedException {
        // Given a handler that answers only when two invocations are in it
        CountDownLatch both = new CountDownLatch(2);
        InProcessFunction function = function((in, out, context) -> {
            both.countDown();
            await(both);
            out.write(1);
        });

        // When
        List<CompletableFuture<byte[]>> answers = List.of(
                CompletableFuture.supplyAsync(() -> function.invoke(bytes("1")), Thread::startVirtualThread),
                CompletableFuture.supplyAsync(() -> function.invoke(bytes("2")), Thread::startVirtualThread));

        // Then
        for (CompletableFuture<byte[]> answer : answers) {
            assertThat(answer.orTimeout(60, TimeUnit.SECONDS).get()).hasSize(1);
        }
    }

    @Test
    void shouldRefuseWhatIsLargerThanLambdaAllows() {
        byte[] tooLarge = new byte[InProcessFunction.MAX_PAYLOAD + 1];

        assertThatThrownBy(() -> function((in, out, context) -> out.write(1)).invoke(tooLarge))
                .isInstanceOf(FunctionError.class)
                .hasMessageContaining("6291556");
        assertThatThrownBy(() ->
                        function((in, out, context) -> out.write(tooLarge)).invoke(bytes("{}")))
                .isInstanceOf(FunctionError.class)
                .hasMessageContaining("Response payload size exceeded");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
