package io.carillon.local.regions;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.events.Position;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** A program that calls the server API of a Region. */
final class Backend {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Backend() {}

    /** Publishes once; gives nothing if the Region does not answer, or answers with an error. */
    static Optional<Position> publish(int port, String channel, String data) {
        return call(port, "publish", "{\"channel\":\"" + channel + "\",\"data\":\"" + data + "\"}")
                .map(result -> new Position(
                        result.path("offset").asLong(), result.path("epoch").asText()));
    }

    /** Reads all that a channel's history holds. */
    static List<String> history(int port, String channel) {
        JsonNode result = call(port, "history", "{\"channel\":\"" + channel + "\",\"limit\":-1}")
                .orElseThrow();
        return StreamSupport.stream(result.path("publications").spliterator(), false)
                .map(one -> one.path("data").asText())
                .toList();
    }

    private static Optional<JsonNode> call(int port, String method, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/" + method))
                .header("X-API-Key", "key")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            // A Region that ends answers as API Gateway does, which is no answer of the server API.
            return answer.statusCode() == 200
                    ? Optional.of(Json.read(answer.body(), JsonNode.class).path("result"))
                            .filter(JsonNode::isObject)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted while calling " + method, e);
        }
    }
}
