package io.carillon.local.pages;

import io.carillon.config.TokenConfig;
import io.carillon.events.Json;
import io.carillon.events.RawJson;
import io.carillon.token.TokenBuilder;
import io.carillon.token.TokenIssuer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.util.Fields;

/** Signs the demo page's tokens with the configuration's own secret. */
final class DevTokens {

    private static final Duration LIFETIME = Duration.ofHours(1);

    private final TokenConfig config;
    private final Optional<TokenIssuer> issuer;

    DevTokens(TokenConfig config, InstantSource clock) {
        this.config = config;
        this.issuer = Optional.of(config.hmacSecretKey())
                .filter(secret -> !secret.isEmpty())
                .map(secret -> new TokenIssuer(secret, clock));
    }

    /** Answers {@code {"token":"…"}}; 400 without a user, 409 when the configuration has no secret to sign with. */
    Answer answer(Fields query) {
        String user = Optional.ofNullable(query.getValue("user")).orElse("");
        if (user.isEmpty()) {
            return Answer.text(HttpStatus.BAD_REQUEST_400, "Say for which user: /dev/token?user=alice");
        }
        if (issuer.isEmpty()) {
            return Answer.text(
                    HttpStatus.CONFLICT_409,
                    "The configuration has no client.token.hmac_secret_key to sign tokens with: set one.");
        }
        String channel = Optional.ofNullable(query.getValue("channel")).orElse("");
        TokenBuilder token =
                channel.isEmpty() ? issuer.get().connection(user) : issuer.get().subscription(user, channel);
        claim(token, "aud", config.audience());
        claim(token, "iss", config.issuer());
        if (!config.userIdClaim().isEmpty()) {
            claim(token, config.userIdClaim(), user);
        }
        return Answer.json(Map.of("token", token.expiresIn(LIFETIME).sign()));
    }

    private static void claim(TokenBuilder token, String name, String value) {
        if (!value.isEmpty()) {
            token.claim(name, RawJson.of(Json.write(value)));
        }
    }
}
