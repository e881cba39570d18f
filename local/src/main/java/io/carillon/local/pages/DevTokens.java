package io.carillon.local.pages;

import io.carillon.config.ClientConfig;
import io.carillon.token.TokenBuilder;
import io.carillon.token.TokenIssuer;
import io.carillon.token.UnsignableToken;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.util.Fields;

/** Signs the demo page's tokens with the configuration's own secret. */
final class DevTokens {

    private static final Duration LIFETIME = Duration.ofHours(1);

    private final TokenIssuer tokens;

    DevTokens(ClientConfig config, InstantSource clock) {
        this.tokens = TokenIssuer.of(config, clock);
    }

    /** Answers {@code {"token":"…"}}; 400 without a user, 409 when the configuration has none that can be signed here. */
    Answer answer(Fields query) {
        String user = Optional.ofNullable(query.getValue("user")).orElse("");
        if (user.isEmpty()) {
            return Answer.text(HttpStatus.BAD_REQUEST_400, "Say for which user: /dev/token?user=alice");
        }
        String channel = Optional.ofNullable(query.getValue("channel")).orElse("");
        try {
            TokenBuilder token = channel.isEmpty() ? tokens.connection(user) : tokens.subscription(user, channel);
            return Answer.json(Map.of("token", token.expiresIn(LIFETIME).sign()));
        } catch (UnsignableToken e) {
            return Answer.text(HttpStatus.CONFLICT_409, "No token can be made here: " + e.getMessage());
        }
    }
}
