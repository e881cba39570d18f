package io.carillon.local.faults;

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
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/publish"))
                .header("X-API-Key", "key")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"channel\":\"" + channel + "\",\"data\":" + data + key + "}"))
                .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.body().contains("\"error\"") ? 500 : answer.statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted while publishing", e);
        }
    }
}
