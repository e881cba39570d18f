package io.carillon.local.cost;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.events.aws.HttpEvent;
import io.carillon.events.poll.PollAnswer;
import io.carillon.local.lambda.FunctionError;
import io.carillon.local.lambda.LambdaFunction;
import io.carillon.local.latency.Wait;
import io.carillon.longpoll.LongPollFront;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Long-poll as it would be if Lambda held the requests: a poll that finds nothing looks again and again, within the same
 * invocation, until something has come or it has been held as long as it may be. Each look is the real handler's. All
 * other requests pass.
 *
 * <p>Safe for use by several threads.
 */
final class HeldPoll implements LambdaFunction {

    private static final String POLL = LongPollFront.PATH + "poll";
    private static final String NOTHING = new PollAnswer("", 0, List.of(), false).write();

    private final LambdaFunction function;
    private final Hold hold;
    private final Wait wait;

    /**
     * How a poll is held.
     *
     * @param longest how long one is that finds nothing
     * @param glance how much later the next look begins than the last
     */
    record Hold(Duration longest, Duration glance) {

        /** As AWS lets it be: an HTTP API ends a request after 30 s. */
        static final Hold STANDARD = new Hold(Duration.ofSeconds(20), Duration.ofMillis(250));
    }

    HeldPoll(LambdaFunction function, Hold hold, Wait wait) {
        this.function = function;
        this.hold = hold;
        this.wait = wait;
    }

    @Override
    public String name() {
        return function.name();
    }

    @Override
    public byte[] invoke(byte[] event) {
        long began = wait.nanoTime();
        byte[] answer = function.invoke(event);
        if (!HttpEvent.read(text(event)).path().equals(POLL)) {
            return answer;
        }
        Duration due = hold.glance();
        while (bringsNothing(answer) && due.compareTo(hold.longest()) <= 0) {
            sleep(due.minusNanos(wait.nanoTime() - began));
            answer = function.invoke(event);
            due = due.plus(hold.glance());
        }
        return answer;
    }

    private static boolean bringsNothing(byte[] answer) {
        return Json.read(text(answer), JsonNode.class).path("body").asText().equals(NOTHING);
    }

    private void sleep(Duration time) {
        if (!time.isPositive()) {
            return;
        }
        try {
            wait.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FunctionError("The caller of " + name() + " was interrupted", e);
        }
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
