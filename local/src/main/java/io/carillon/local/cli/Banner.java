package io.carillon.local.cli;

import io.carillon.config.Config;
import io.carillon.local.LocalTopic;
import io.carillon.token.TokenIssuer;
import io.carillon.token.UnsignableToken;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;

/** What {@code ./carillon dev} says when it is ready: where everything is, and commands that work when pasted. */
final class Banner {

    private static final Duration TOKEN_TTL = Duration.ofDays(1);

    private Banner() {}

    /** What it says of the topic of events, where there is one. */
    static String of(LocalTopic topic) {
        return topic.address().map("  SNS          %s"::formatted).orElse("") + "\n  Events       " + topic.arn()
                + "\n";
    }

    static String of(Config config, String host, int port, Duration took) {
        String at = (host.equals("127.0.0.1") || host.equals("0.0.0.0") ? "localhost" : host) + ":" + port;
        String key = config.httpApi().key();
        String header = config.httpApi().insecure() ? "" : " -H 'X-API-Key: " + key + "'";
        return """

                Carillon runs (started in %s s). Ctrl-C stops it.

                  Demo page    http://%s/
                  WebSocket    ws://%s/connection/websocket
                  Server API   http://%s/api
                  API key      %s

                  Token for the user alice, valid for a day:
                    %s

                  Publish from a backend:
                    curl -X POST http://%s/api/publish%s \\
                      -d '{"channel":"chat:demo","data":{"text":"Hello from curl"}}'
                """.formatted(
                        String.format(Locale.ROOT, "%.1f", took.toMillis() / 1000.0),
                        at,
                        at,
                        at,
                        key.isEmpty() ? "(none: set http_api.key)" : key,
                        token(config),
                        at,
                        header);
    }

    private static String token(Config config) {
        try {
            return TokenIssuer.of(config.client(), InstantSource.system())
                    .connection("alice")
                    .expiresIn(TOKEN_TTL)
                    .sign();
        } catch (UnsignableToken e) {
            return "(none: " + e.getMessage() + ")";
        }
    }
}
