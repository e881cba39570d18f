package io.carillon.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.testing.TestCarillon;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks from a foreign page that a user of the application happens to visit. */
class CrossSiteAttacksTest {

    private final Victim victim = Victim.with("""
            "token":{"hmac_secret_key":"secret"},"allow_anonymous_connect_without_token":true,
            "allowed_origins":["https://app.example.com","https://*.preview.example.com"]""");

    @ParameterizedTest
    @ValueSource(strings = {"https://app.example.com", "HTTPS://APP.EXAMPLE.COM", "https://pr-7.preview.example.com"})
    void pageOfTheApplicationShouldConnectSoThatTheAttacksBelowFailForTheirOwnReason(String origin) {
        assertThat(victim.open(origin)).startsWith("connection");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://app.example.com",
                "https://app.example.com:8443",
                "https://app.example.com.evil.example",
                "https://evil.example/https://app.example.com",
                "https://evil-app.example.com",
                "https://preview.example.com",
                "https://appXexample.com",
                "https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com",
                "null"
            })
    void crossSiteWebSocketHijackingShouldBeTurnedAwayBeforeTheSocketIsOpen(String origin) {
        assertThat(victim.open(origin)).isEqualTo("403");
        assertThat(victim.carillon().connections().ids()).isEmpty();
    }

    @Test
    void foreignPageShouldNotBeToldThatItMayReadTheServerApi() {
        // When: with the key, since without it there is nothing to read
        JsonNode answer = victim.callApi(TestCarillon.KEY, "https://evil.example");

        // Then: which origins may is the gateway's to say, and no function overrules it
        assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
        assertThat(answer.path("headers").toString().toLowerCase(Locale.ROOT)).doesNotContain("access-control");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "test-api-ke", "test-api-key2", "TEST-API-KEY", "null"})
    void guessedApiKeyShouldBeABare401(String key) {
        JsonNode answer = victim.callApi(key, "https://app.example.com");

        assertThat(answer.toString()).isEqualTo("{\"statusCode\":401}");
    }
}
