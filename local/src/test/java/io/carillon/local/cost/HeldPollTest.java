package io.carillon.local.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.events.Json;
import io.carillon.events.aws.HttpAnswer;
import io.carillon.events.poll.PollAnswer;
import io.carillon.local.cost.HeldPoll.Hold;
import io.carillon.local.lambda.LambdaFunction;
import io.carillon.local.latency.FakeWait;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeldPollTest {

    private static final HttpAnswer NOTHING = answer(List.of(), false);

    private final FakeWait wait = new FakeWait();
    private HttpAnswer answer = NOTHING;
    private int looks;
    private int empty = Integer.MAX_VALUE;

    /** Stands for the handler: each look takes 5 ms. */
    private final LambdaFunction deployed = new LambdaFunction() {
        @Override
        public String name() {
            return "poll";
        }

        @Override
        public byte[] invoke(byte[] event) {
            looks++;
            wait.work(Duration.ofMillis(5));
            return bytes(looks > empty ? answer.write() : NOTHING.write());
        }
    };

    private static HttpAnswer answer(List<String> messages, boolean closed) {
        return HttpAnswer.json(200, new PollAnswer("", messages.isEmpty() ? 0 : 1, messages, closed).write());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String invoke(String action) {
        String path = "/connection/long_poll/" + action;
        String event = Json.write(
                Map.of("rawPath", path, "requestContext", Map.of("http", Map.of("method", "POST", "path", path))));
        return new String(new HeldPoll(deployed, Hold.STANDARD, wait).invoke(bytes(event)), StandardCharsets.UTF_8);
    }

    private Duration held() {
        return Duration.ofNanos(wait.nanoTime() - 1);
    }

    @Test
    void shouldLookEachTimeAsMuchLaterUntilThePollHasBeenHeldAsLongAsItMay() {
        // When
        String answered = invoke("poll");

        // Then: at 0, at 250 ms and so on to 20 s, whatever a look takes
        assertThat(looks).isEqualTo(81);
        assertThat(held()).isEqualTo(Duration.ofMillis(20_005));
        assertThat(wait.slept()).containsOnly(Duration.ofMillis(245));
        assertThat(answered).isEqualTo(NOTHING.write());
    }

    @Test
    void shouldAnswerWithTheFirstLookThatFindsSomething() {
        // Given
        answer = answer(List.of("{\"push\":{}}"), false);
        empty = 3;

        // When
        String answered = invoke("poll");

        // Then
        assertThat(looks).isEqualTo(4);
        assertThat(held()).isEqualTo(Duration.ofMillis(755));
        assertThat(answered).isEqualTo(answer.write());
    }

    @Test
    void shouldHoldNoPollOfAConnectionThatIsClosed() {
        answer = answer(List.of(), true);
        empty = 0;

        assertThat(invoke("poll")).isEqualTo(answer.write());
        assertThat(looks).isOne();
    }

    @Test
    void shouldHoldNoPollThatIsRefused() {
        answer = HttpAnswer.status(410);
        empty = 0;

        assertThat(invoke("poll")).isEqualTo(answer.write());
        assertThat(looks).isOne();
    }

    @Test
    void shouldHoldNoOtherRequest() {
        invoke("send");

        assertThat(looks).isOne();
        assertThat(wait.slept()).isEmpty();
    }
}
