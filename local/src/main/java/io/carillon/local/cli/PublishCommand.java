package io.carillon.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.events.MalformedJson;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes one message through the server API. */
@Command(name = "publish", description = "Publish to a channel.", mixinStandardHelpOptions = true)
final class PublishCommand implements Runnable {

    @Parameters(index = "0", paramLabel = "CHANNEL", description = "Where to publish, such as chat:demo.")
    private String channel;

    @Parameters(index = "1", paramLabel = "JSON", description = "What to publish, such as '{\"text\":\"hello\"}'.")
    private String data;

    @Option(
            names = "--url",
            defaultValue = "http://localhost:8000",
            description = "Where Carillon runs (default: ${DEFAULT-VALUE}).")
    private URI url;

    @Option(names = "--key", description = "API key (default: http_api.key of the configuration).")
    private Optional<String> key;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration with the key, JSON or YAML (default: the one of ./carillon dev).")
    private Optional<Path> config;

    @Override
    public void run() {
        if (url.getHost() == null) {
            throw new Misconfigured("--url must be an address such as http://localhost:8000, not " + url);
        }
        requireJson();
        String body = "{\"channel\":" + Json.write(channel) + ",\"data\":" + data + "}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/publish"))
                .timeout(Duration.ofSeconds(30))
                .header(
                        "X-API-Key",
                        key.orElseGet(() -> ConfigFile.read(config).httpApi().key()))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        report(send(request));
    }

    private void requireJson() {
        try {
            Json.read(data, JsonNode.class);
        } catch (MalformedJson e) {
            throw new Misconfigured("the message is not JSON: " + e.getMessage()
                    + "\nA text needs its own quotes: carillon publish " + channel + " '\"hello\"'");
        }
    }

    private HttpResponse<String> send(HttpRequest request) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new IllegalStateException(
                    "nothing answers at " + url + ": start it with ./carillon dev, or name --url");
        } catch (IOException e) {
            throw new IllegalStateException("the call failed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted");
        }
    }

    private static void report(HttpResponse<String> response) {
        if (response.statusCode() == 401) {
            throw new IllegalStateException("the API key was refused: name the right one with --key or --config");
        }
        if (response.statusCode() != 200) {
            throw new IllegalStateException("the server API answered " + response.statusCode() + " " + response.body());
        }
        JsonNode reply = Json.read(response.body(), JsonNode.class);
        if (reply.has("error")) {
            throw new IllegalStateException(
                    "refused: " + reply.get("error").get("message").asText() + " (code "
                            + reply.get("error").get("code") + ")");
        }
        System.out.println(Json.write(Map.of("result", reply.get("result"))));
    }
}
