package io.carillon.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import io.carillon.config.TokenConfig;
import io.carillon.events.Json;
import io.carillon.events.RawJson;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jose4j.keys.HmacKey;

/**
 * How tokens of one kind are signed: with which secret, and what a section of the configuration wants of their claims.
 *
 * @param section the section's path, such as {@code client.token}
 * @param secret what signs; empty where the section has other keys
 * @param claims what each token holds
 * @param patterns what a claim must match that nobody can guess, by the claim's name
 * @param userIdClaim holds the user too, unless empty
 */
record Signing(
        String section, String secret, Map<String, String> claims, Map<String, Wanted> patterns, String userIdClaim) {

    /** A regular expression, and the key that it stands under. */
    record Wanted(String key, Pattern pattern) {}

    Signing {
        claims = Collections.unmodifiableMap(claims);
        patterns = Collections.unmodifiableMap(patterns);
    }

    /** Wants nothing of the claims. */
    static Signing with(String secret) {
        return new Signing("client.token", secret, Map.of(), Map.of(), "");
    }

    static Signing of(String section, TokenConfig config, String secret) {
        Map<String, String> claims = new LinkedHashMap<>();
        put(claims, "aud", config.audience());
        put(claims, "iss", config.issuer());
        Map<String, Wanted> patterns = new LinkedHashMap<>();
        want(patterns, "aud", section + ".audience_regex", config.audienceRegex());
        want(patterns, "iss", section + ".issuer_regex", config.issuerRegex());
        return new Signing(section, secret, claims, patterns, config.userIdClaim());
    }

    private static void put(Map<String, String> claims, String name, String value) {
        if (!value.isEmpty()) {
            claims.put(name, value);
        }
    }

    private static void want(Map<String, Wanted> patterns, String name, String key, String regex) {
        if (!regex.isEmpty()) {
            patterns.put(name, new Wanted(key, Pattern.compile(regex)));
        }
    }

    /** @throws UnsignableToken if there is no secret */
    Key key() {
        if (secret.isEmpty()) {
            throw new UnsignableToken(
                    "needs " + section + ".hmac_secret_key in the configuration: tokens for other keys"
                            + " are made where the private key is");
        }
        return new HmacKey(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws UnsignableToken if a claim is missing, or not what the configuration wants */
    void check(Map<String, RawJson> given) {
        patterns.forEach((name, wanted) -> {
            String text = given.containsKey(name)
                    ? Json.read(given.get(name).text(), JsonNode.class).asText()
                    : "";
            if (text.isEmpty() || !wanted.pattern().matcher(text).find()) {
                throw new UnsignableToken("the claim " + name + " must match " + wanted.key() + ", which is "
                        + wanted.pattern() + (text.isEmpty() ? "" : ", and was " + text)
                        + ": ./carillon token takes it as " + (name.equals("aud") ? "--audience" : "--issuer"));
            }
        });
    }
}
