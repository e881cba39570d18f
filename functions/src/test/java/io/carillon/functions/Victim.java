package io.carillon.functions;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.Config;
import io.carillon.events.Json;
import io.carillon.events.aws.Sample;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import java.util.ArrayList;
import java.util.List;

/** A deployment under attack: whatever reaches it comes in through a handler, as an event of API Gateway. */
final class Victim {

    private static final String SAMPLE_ID = "HfAbCcDdEeFfGgA=";

    private final TestCarillon carillon;
    private final ConnectHandler connect;
    private final MessageHandler message;
    private final ApiHandler api;
    private int opened;

    private Victim(TestCarillon carillon) {
        this.carillon = carillon;
        this.connect = new ConnectHandler(carillon.carillon().doorkeeper());
        this.message = new MessageHandler(carillon.carillon().frameHandler());
        this.api = new ApiHandler(carillon.carillon().httpFront());
    }

    /** Starts with a section {@code client} of these members. */
    static Victim with(String client) {
        return new Victim(TestCarillon.of(Config.read("""
                {"client":{%s},"http_api":{"key":"%s"},"channel":{"without_namespace":{}}}""".formatted(client, TestCarillon.KEY))));
    }

    TestCarillon carillon() {
        return carillon;
    }

    /** Opens a socket from a page of this origin; gives its id, or the status that refused it. */
    String open(String origin) {
        opened++;
        String id = "connection%d=".formatted(opened);
        String event =
                Sample.WEBSOCKET_CONNECT.text().replace(SAMPLE_ID, id).replace("https://chat.example.com", origin);
        JsonNode answer = Json.read(invoke(connect, event), JsonNode.class);
        int status = answer.path("statusCode").asInt();
        return status == 200 ? id : Integer.toString(status);
    }

    /** Sends a frame; gives every line that comes back, as route response or as a post. */
    List<String> send(String id, String frame) {
        carillon.poster().clear();
        String sample = Sample.WEBSOCKET_MESSAGE.text().replace(SAMPLE_ID, id);
        int start = sample.indexOf("\"body\": ") + "\"body\": ".length();
        int end = sample.indexOf(",\n", start);
        String answer = invoke(message, sample.substring(0, start) + Json.write(frame) + sample.substring(end));
        List<String> lines = new ArrayList<>(carillon.poster().lines(id));
        Json.read(answer, JsonNode.class).path("body").asText().lines().forEach(lines::add);
        return lines;
    }

    /** Opens a socket that sends no Origin, and connects with a token. */
    List<String> connect(String token) {
        return send(open(""), Say.connect(token));
    }

    /** Whether the last socket that was opened is still one. */
    boolean isStillThere() {
        String id = "connection%d=".formatted(opened);
        return carillon.connections().find(id).isPresent()
                && !carillon.poster().closed().contains(id);
    }

    /** Calls the server API with the sample request, which publishes. */
    JsonNode callApi(String key, String origin) {
        String event = Sample.HTTP_REQUEST
                .text()
                .replace("not-a-real-key", key)
                .replaceFirst("\"headers\": \\{", "\"headers\": {\"origin\": \"" + origin + "\",");
        return Json.read(invoke(api, event), JsonNode.class);
    }

    private static String invoke(RequestStreamHandler handler, String event) {
        return Invoked.with(handler, event);
    }
}
