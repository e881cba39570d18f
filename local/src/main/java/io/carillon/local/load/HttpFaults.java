package io.carillon.local.load;

import io.carillon.events.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Makes {@code ./carillon dev} misbehave, through its {@code POST /dev/faults}. Safe for use by several threads. */
public final class HttpFaults implements FaultControl {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final URI faults;

    /** Talks to the server whose paths begin at an address such as {@code http://localhost:8000}. */
    public HttpFaults(URI server) {
        faults = server.resolve("/dev/faults");
    }

    @Override
    public void apply(List<String> list, long seed) {
        HttpRequest request = HttpRequest.newBuilder(faults)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(Map.of("faults", list, "seed", seed))))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException("the faults were refused by " + faults + " with status "
                        + response.statusCode() + ": " + response.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "nothing takes faults at " + faults + ": run against --start or ./carillon dev", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while setting faults", e);
        }
    }
}
