package io.carillon.local.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.ClientConfig;
import io.carillon.config.SecretSection;
import io.carillon.config.TokenConfig;
import io.carillon.events.Json;
import io.carillon.events.MalformedJson;
import io.carillon.token.TokenIssuer;
import io.carillon.token.UnsignableToken;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * As whom a client is tried.
 *
 * @param token the connection token; empty to connect without one
 * @param user whom it names; empty for an anonymous user, whom the server API cannot name
 */
record Visitor(String token, String user) {

    /** A round trip waits for each of its steps for 15 s. */
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    /**
     * Takes a token that was given; else makes one for a user whom nobody else is, if the secret is known; else comes
     * without, if that is let in.
     *
     * @return empty if none of these can be
     */
    static Optional<Visitor> of(KnownConfig known, Optional<String> token, InstantSource clock) {
        ClientConfig client = known.config().client();
        if (token.isPresent()) {
            return Optional.of(new Visitor(token.get(), user(token.get(), client.token())));
        }
        Optional<Visitor> made = known.knows(SecretSection.TOKEN) ? made(client, clock) : Optional.empty();
        return made.or(() -> client.allowAnonymousConnectWithoutToken() || client.insecure()
                ? Optional.of(new Visitor("", ""))
                : Optional.empty());
    }

    private static Optional<Visitor> made(ClientConfig client, InstantSource clock) {
        String user = "carillon-doctor-" + UUID.randomUUID();
        try {
            String token = TokenIssuer.of(client, clock)
                    .connection(user)
                    .expiresIn(LIFETIME)
                    .sign();
            return Optional.of(new Visitor(token, user));
        } catch (UnsignableToken e) {
            return Optional.empty();
        }
    }

    /** Reads whom a token names. Whether that is true, the deployment says when it takes it. */
    private static String user(String token, TokenConfig config) {
        String[] parts = token.split("\\.");
        if (parts.length != 3) {
            return "";
        }
        try {
            String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            String claim = config.userIdClaim().isEmpty() ? "sub" : config.userIdClaim();
            return Json.read(claims, JsonNode.class).path(claim).asText();
        } catch (IllegalArgumentException | MalformedJson e) {
            return "";
        }
    }

    boolean isAnonymous() {
        return user.isEmpty();
    }
}
