package io.carillon.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.local.lambda.LambdaFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A function that answers what it is told to, and keeps the events it got. */
final class FakeFunction implements LambdaFunction {

    static final String OK = "{\"statusCode\":200}";

    private final String name;
    private final Function<JsonNode, String> answer;
    private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();

    FakeFunction(String name, Function<JsonNode, String> answer) {
        this.name = name;
        this.answer = answer;
    }

    static FakeFunction answering(String answer) {
        return new FakeFunction("fake", event -> answer);
    }

    static FakeFunction ok() {
        return answering(OK);
    }

    /** Sends each message's body back. */
    static FakeFunction echo() {
        return new FakeFunction("echo", event -> reply(event.get("body").asText()));
    }

    static String reply(String body) {
        return Json.mapper()
                .createObjectNode()
                .put("statusCode", 200)
                .put("body", body)
                .toString();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte[] invoke(byte[] event) {
        try {
            JsonNode parsed = Json.mapper().readTree(event);
            events.add(parsed);
            return answer.apply(parsed).getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the next event, waiting for it. */
    JsonNode event() throws InterruptedException {
        JsonNode event = events.poll(60, TimeUnit.SECONDS);
        assertThat(event).as("an event for " + name).isNotNull();
        return event;
    }

    int waiting() {
        return events.size();
    }
}
