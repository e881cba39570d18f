package io.carillon.local.regions;

import io.carillon.local.LocalRuntime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A name with two failover records: leads to the primary Region while its health check succeeds. */
final class HealthCheckedName {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private int primary;
    private final int secondary;

    HealthCheckedName(LocalRuntime primary, LocalRuntime secondary) {
        this.primary = primary.port();
        this.secondary = secondary.port();
    }

    /** The primary Region was deployed again. */
    void primary(LocalRuntime again) {
        primary = again.port();
    }

    /** Checks, as Route 53 does, and gives the port of the Region that the name leads to. */
    int port() {
        return status("Amazon-Route53-Health-Check-Service (ref c9b1a2; report http://amzn.to/1vsZADi)") == 200
                ? primary
                : secondary;
    }

    /** What somebody else sees who looks; 0 if nobody answers. */
    int look() {
        return status("curl/8.5.0");
    }

    private int status(String agent) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + primary + "/health"))
                .header("User-Agent", agent)
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted while checking", e);
        }
    }
}
