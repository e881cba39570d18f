package io.carillon.local.eventsource;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.local.lambda.LambdaFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Keeps the events it is invoked with, and answers with what the test says. */
final class FakeFunction implements LambdaFunction {

    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final Function<JsonNode, String> behaviour;

    FakeFunction(Function<JsonNode, String> behaviour) {
        this.behaviour = behaviour;
    }

    static FakeFunction succeeding() {
        return new FakeFunction(event -> "{\"batchItemFailures\":[]}");
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public byte[] invoke(byte[] event) {
        var json = parse(event);
        events.add(json);
        return behaviour.apply(json).getBytes(StandardCharsets.UTF_8);
    }

    List<JsonNode> events() {
        return List.copyOf(events);
    }

    /** Gives the bodies of all records, in the order in which they came. */
    List<String> bodies() {
        return events.stream().flatMap(event -> bodies(event).stream()).toList();
    }

    static List<String> bodies(JsonNode event) {
        return event.path("Records")
                .valueStream()
                .map(message -> message.path("body").textValue())
                .toList();
    }

    private static JsonNode parse(byte[] event) {
        try {
            return Json.mapper().readTree(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
