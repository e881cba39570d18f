package io.carillon.local.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.Config;
import io.carillon.events.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevTokensTest {

    private static final String SECRET = "a secret that is long enough for a library to take it";
    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

    private PagesServer server = start("\"token\":{\"hmac_secret_key\":\"" + SECRET
            + "\",\"audience\":\"chat\",\"issuer\":\"tests\",\"user_id_claim\":\"uid\"}");

    private static PagesServer start(String client) {
        Config config = Config.read("{\"client\":{" + client + "}}");
        return PagesServer.start(new DevPages(config, Optional.empty(), () -> NOW));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldSignConnectionTokenThatTheConfigurationAccepts() throws JoseException {
        // When
        HttpResponse<String> answer = server.get("/dev/token?user=alice");

        // Then
        JsonNode claims = verified(answer);
        assertThat(claims.path("sub").asText()).isEqualTo("alice");
        assertThat(claims.path("uid").asText()).isEqualTo("alice");
        assertThat(claims.path("aud").asText()).isEqualTo("chat");
        assertThat(claims.path("iss").asText()).isEqualTo("tests");
        assertThat(claims.path("exp").asLong()).isEqualTo(NOW.plusSeconds(3_600).getEpochSecond());
        assertThat(claims.has("channel")).isFalse();
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void shouldSignSubscriptionTokenWhenChannelIsGiven() throws JoseException {
        // When
        HttpResponse<String> answer = server.get("/dev/token?user=%C3%A5sa&channel=%24secret%3A1");

        // Then
        JsonNode claims = verified(answer);
        assertThat(claims.path("sub").asText()).isEqualTo("åsa");
        assertThat(claims.path("channel").asText()).isEqualTo("$secret:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/token", "/dev/token?user=", "/dev/token?channel=chat:demo"})
    void shouldAskForTheUserWhenNoneIsGiven(String path) {
        // When
        HttpResponse<String> answer = server.get(path);

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("/dev/token?user=alice");
    }

    @Test
    void shouldNameTheKeyThatIsMissingWhenThereIsNothingToSignWith() {
        // Given
        server.close();
        server = start("\"allow_anonymous_connect_without_token\":true");

        // When
        HttpResponse<String> answer = server.get("/dev/token?user=alice");

        // Then
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("client.token.hmac_secret_key");
    }

    @Test
    void shouldSayWhatIsWantedWhenNobodyCanGuessTheIssuer() {
        // Given
        server.close();
        server = start("\"token\":{\"hmac_secret_key\":\"" + SECRET + "\",\"issuer_regex\":\"^tests-\"}");

        // When
        HttpResponse<String> answer = server.get("/dev/token?user=alice");

        // Then
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("client.token.issuer_regex", "--issuer");
    }

    private static JsonNode verified(HttpResponse<String> answer) throws JoseException {
        assertThat(answer.statusCode()).isEqualTo(200);
        String token = Json.read(answer.body(), JsonNode.class).path("token").asText();
        JsonWebSignature signature = new JsonWebSignature();
        signature.setKey(new HmacKey(SECRET.getBytes(StandardCharsets.UTF_8)));
        signature.setCompactSerialization(token);
        assertThat(signature.verifySignature()).isTrue();
        byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
        return Json.read(new String(claims, StandardCharsets.UTF_8), JsonNode.class);
    }
}
