package io.carillon.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.config.Config;
import io.carillon.config.SecretSection;
import io.carillon.events.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredSecretsTest {

    private static final ObjectNode EMPTY = Json.read("{}", ObjectNode.class);

    @Test
    void shouldReadTheSecretsThatTheEnvironmentNames() {
        // Given
        StoredSecrets secrets =
                StoredSecrets.of(Map.of("CARILLON_API_SECRET", "arn:a", "PATH", "/bin"), name -> "text of " + name);

        // Then
        assertThat(secrets.read()).isEqualTo(Map.of(SecretSection.API, "text of arn:a"));
    }

    @Test
    void shouldLayThemOverTheirSections() {
        // When
        Config config = Config.read(StoredSecrets.lay(
                Map.of(
                        SecretSection.API, "{\"key\":\"k\"}",
                        SecretSection.TOKEN, "{\"hmac_secret_key\":\"new\",\"hmac_previous_secret_key\":\"old\"}"),
                EMPTY));

        // Then
        assertThat(config.httpApi().key()).isEqualTo("k");
        assertThat(config.client().token().hmacSecretKey()).isEqualTo("new");
        assertThat(config.client().token().hmacPreviousSecretKey()).isEqualTo("old");
    }

    @Test
    void shouldAcceptNoTokenInAFunctionThatIsNotGivenTheKey() {
        // When: the configuration is as valid as in the functions that are.
        String first = key();
        String second = key();

        // Then
        assertThat(first).hasSize(64).isNotEqualTo(second);
    }

    @Test
    void shouldLetNobodyCallWhereTheApiKeyIsNotKnown() {
        assertThat(Config.read(StoredSecrets.lay(Map.of(), EMPTY)).httpApi().key())
                .isEmpty();
    }

    @Test
    void shouldStartBeforeTheValuesOfStaticHeadersAreThere() {
        // Given
        ObjectNode proxied = Json.read("""
                {"rpc":{"proxy":{"endpoint":"https://a.example","http":{"static_headers":{"X-Api-Key":""}}}}}""", ObjectNode.class);

        // Then: also a function that is not given them.
        assertThat(header(Map.of(), proxied)).isEmpty();
        assertThat(header(Map.of(SecretSection.PROXIES, "{}"), proxied)).isEmpty();
        assertThat(header(Map.of(SecretSection.PROXIES, "{\"rpc.proxy\":{\"X-Api-Key\":\"k\"}}"), proxied))
                .isEqualTo("k");
    }

    private static String header(Map<SecretSection, String> secrets, ObjectNode config) {
        return Config.read(StoredSecrets.lay(secrets, config))
                .rpc()
                .proxy()
                .http()
                .staticHeaders()
                .get("X-Api-Key");
    }

    private static String key() {
        return Config.read(StoredSecrets.lay(Map.of(), EMPTY)).client().token().hmacSecretKey();
    }
}
