package io.carillon.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.local.gateway.GatewaySettings;
import io.carillon.local.gateway.LocalGateway;
import io.carillon.local.gateway.WebSocketRoutes;
import io.carillon.local.lambda.LambdaFunction;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A server of the Centrifugo protocol that says what a test tells it to say, through a real API Gateway emulation. */
final class ScriptedServer implements AutoCloseable {

    /** A command as it came, and the connection it came through. */
    record Came(String connection, JsonNode command) {
        boolean is(String method) {
            return command.has(method);
        }
    }

    private final BlockingQueue<Came> commands = new LinkedBlockingQueue<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final LocalGateway gateway;

    /** Answers each command with what {@code script} gives for it: lines without the id; nothing for an empty one. */
    ScriptedServer(Function<Came, String> script) {
        LambdaFunction ok = function(event -> "{\"statusCode\":200}");
        gateway = LocalGateway.start(
                GatewaySettings.defaults(), WebSocketRoutes.of(ok, function(event -> answer(event, script)), ok), ok);
    }

    private String answer(JsonNode event, Function<Came, String> script) {
        String connection = event.at("/requestContext/connectionId").asText();
        List<String> lines = new ArrayList<>();
        for (String line : event.get("body").asText().split("\n")) {
            Came came = new Came(connection, Json.read(line, JsonNode.class));
            commands.add(came);
            String reply = script.apply(came);
            if (!reply.isEmpty()) {
                lines.add("{\"id\":" + came.command().get("id") + "," + reply + "}");
            }
        }
        return Json.write(Map.of("statusCode", 200, "body", String.join("\n", lines)));
    }

    private static LambdaFunction function(Function<JsonNode, String> answer) {
        return new LambdaFunction() {
            @Override
            public String name() {
                return "scripted";
            }

            @Override
            public byte[] invoke(byte[] event) {
                JsonNode read = Json.read(new String(event, StandardCharsets.UTF_8), JsonNode.class);
                return answer.apply(read).getBytes(StandardCharsets.UTF_8);
            }
        };
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + gateway.port() + "/connection/websocket");
    }

    /** Waits for the next command of a kind. */
    Came next(String method) {
        try {
            Came came = commands.poll(60, TimeUnit.SECONDS);
            while (came != null && !came.is(method)) {
                came = commands.poll(60, TimeUnit.SECONDS);
            }
            assertThat(came).as("a command " + method).isNotNull();
            return came;
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted while waiting", e);
        }
    }

    /** Pushes a frame to a connection. */
    void push(String connection, String frame) {
        URI uri = URI.create(
                gateway.callbackEndpoint() + "/@connections/" + URLEncoder.encode(connection, StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "signed")
                .POST(HttpRequest.BodyPublishers.ofString(frame))
                .build();
        try {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            assertThat(status).isEqualTo(200);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("The push failed", e);
        }
    }

    void cutAll() {
        gateway.cutAll();
    }

    @Override
    public void close() {
        http.shutdownNow();
        gateway.close();
    }
}
