package io.carillon.local.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.events.Json;
import io.carillon.local.lambda.FunctionError;
import io.carillon.local.lambda.LambdaFunction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** A function whose invocations start late, end early, or happen twice. */
final class FaultyFunction implements LambdaFunction {

    private static final String DELIVER = "deliver";
    private static final Set<String> HTTP = Set.of("api", "poll");
    private static final String RECEIVE_COUNT = "ApproximateReceiveCount";

    private final LambdaFunction function;
    private final Supplier<List<ActiveFault>> active;
    private final Ending ending;

    FaultyFunction(LambdaFunction function, Supplier<List<ActiveFault>> active) {
        this.function = function;
        this.active = active;
        this.ending = new Ending(active);
    }

    @Override
    public String name() {
        return function.name();
    }

    @Override
    public byte[] invoke(byte[] event) {
        active.get().stream()
                .filter(one ->
                        one.fault().kind() == Kind.COLD_START && one.fault().allows(Key.FUNCTION, name()))
                .filter(ActiveFault::strikes)
                .forEach(one -> pause(one.fault().duration(Key.DELAY).orElseThrow()));
        Optional<byte[]> error = httpError();
        if (error.isPresent()) {
            return error.get();
        }
        if (strikes(Kind.OVERLAP)) {
            return twiceAtOnce(event);
        }
        if (strikes(Kind.DUPLICATE_BATCH)) {
            once(event);
            return once(again(event));
        }
        return once(event);
    }

    /** What API Gateway would answer in the function's place. */
    private Optional<byte[]> httpError() {
        if (!HTTP.contains(name())) {
            return Optional.empty();
        }
        return active.get().stream()
                .filter(one ->
                        one.fault().kind() == Kind.HTTP_ERROR && one.fault().allows(Key.HTTP_FUNCTION, name()))
                .filter(ActiveFault::strikes)
                .findFirst()
                .map(one -> ("{\"statusCode\":"
                                + one.fault().value(Key.HTTP_STATUS).orElseThrow() + "}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private boolean strikes(Kind kind) {
        return name().equals(DELIVER)
                && active.get().stream()
                        .filter(one -> one.fault().kind() == kind)
                        .anyMatch(ActiveFault::strikes);
    }

    /** The queue hears the later delivery's outcome: the receipt handle of the earlier one is no longer valid. */
    private byte[] twiceAtOnce(byte[] event) {
        FutureTask<byte[]> second = new FutureTask<>(() -> once(again(event)));
        Thread overlapping = Thread.ofVirtual().name(name() + "-overlapping").start(second);
        try {
            once(event);
        } catch (FunctionError ignored) {
            // Its handle is not valid any more, so its failure changes nothing.
        }
        try {
            return second.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new FunctionError("Unhandled in " + name(), e.getCause());
        } catch (InterruptedException e) {
            overlapping.interrupt();
            Thread.currentThread().interrupt();
            throw new FunctionError("The caller of " + name() + " was interrupted", e);
        }
    }

    /** The same batch as SQS hands it out again: its messages say that they have been received before. */
    private static byte[] again(byte[] event) {
        JsonNode batch = Json.read(new String(event, StandardCharsets.UTF_8), JsonNode.class);
        batch.path("Records").forEach(record -> {
            if (record.path("attributes") instanceof ObjectNode attributes) {
                int count = attributes.path(RECEIVE_COUNT).asInt(1);
                attributes.put(RECEIVE_COUNT, Integer.toString(count + 1));
            }
        });
        return Json.writeBytes(batch);
    }

    private byte[] once(byte[] event) {
        Invocation invocation = new Invocation(name());
        Invocation.enter(invocation);
        try {
            ending.at(invocation, Step.START::equals);
            byte[] answer = function.invoke(event);
            ending.at(invocation, Step.AFTER_REPLY::equals);
            if (invocation.isDead()) {
                throw new Killed("The invocation of " + name() + " was killed");
            }
            return answer;
        } catch (Killed e) {
            throw new FunctionError(e.getMessage(), e);
        } finally {
            Invocation.leave();
        }
    }

    private static void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
