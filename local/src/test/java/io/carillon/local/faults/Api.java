package io.carillon.local.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Publishes as a backend does. */
record Api(int port) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static Api of(int port) {
        return new Api(port);
    }

    /** Gives the status; what the answer's body says is a failure too counts as 500. */
    int publish(String channel, int data, String idempotencyKey) {
        String key = idempotencyKey.isEmpty() ? "" : ",\"idempotency_key\":\"" + idempotencyKey + "\"";
        HttpResponse<String> answer = call("publish", "{\"channel\":\"" + channel + "\",\"data\":" + data + key + "}");
        return answer.body().contains("\"error\"") ? 500 : answer.statusCode();
    }

    /** Calls a method of the server API; gives what it answered. */
    JsonNode ask(String method, String body) {
        return Json.read(call(method, body).body(), JsonNode.class);
    }

    private HttpResponse<String> call(String method, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/" + method))
                .header("X-API-Key", "key")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted while publishing", e);
        }
    }
}
