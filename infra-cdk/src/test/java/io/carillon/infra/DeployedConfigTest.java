package io.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.config.InvalidConfig;
import io.carillon.config.SecretSection;
import io.carillon.events.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeployedConfigTest {

    @Test
    void shouldRefuseSecretsAndNameTheirKeys() {
        assertThatThrownBy(() -> config("""
                        {"http_api":{"key":"k"},"client":{"token":{"hmac_secret_key":"s"}}}"""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("http_api.key", "client.token.hmac_secret_key", "Secrets Manager")
                .hasMessageNotContaining("\"s\"");
    }

    @Test
    void shouldRefuseValuesOfStaticHeadersAndSayWhereTheyBelong() {
        assertThatThrownBy(() -> config("""
                        {"client":{"token":{"hmac_secret_key":"s"}},
                         "proxies":[{"name":"chat","endpoint":"https://a.example",
                                     "http":{"static_headers":{"X-Api-Key":"hush"}}}]}"""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "Remove client.token.hmac_secret_key:",
                        "Set to \"\" proxies[0].http.static_headers.X-Api-Key:",
                        "ProxySecret",
                        "docs/guides/proxies.md")
                .hasMessageNotContaining("hush");
    }

    @Test
    void shouldWantASecretForStaticHeadersThatAreNamed() {
        assertThat(config("""
                        {"proxies":[{"name":"chat","endpoint":"https://a.example",
                                     "http":{"static_headers":{"X-Api-Key":""}}}]}""").secrets()).contains(SecretSection.PROXIES);
    }

    @Test
    void shouldWantSecretsForTheApiAndForTokens() {
        assertThat(config("{}").secrets()).containsExactly(SecretSection.API, SecretSection.TOKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"client\":{\"token\":{\"jwks_public_endpoint\":\"https://issuer.example/keys\"}}}",
                "{\"client\":{\"token\":{\"cognito_user_pool_id\":\"eu-west-1_AbCdEf123\"}}}"
            })
    void shouldWantNoTokenSecretWhereAnIssuerPublishesItsKeys(String json) {
        assertThat(config(json).secrets()).containsExactly(SecretSection.API);
    }

    @Test
    void shouldWantASecretOfTheirOwnForSubscriptionTokensWhereTheyAreApart() {
        assertThat(config("""
                        {"client":{"subscription_token":{"enabled":true}}}""").secrets()).contains(SecretSection.SUBSCRIPTION_TOKEN);
    }

    @Test
    void shouldNameWhatIsWrongAsTheFunctionsWould() {
        assertThatThrownBy(() -> config("{\"channel\":{\"max_lenght\":3}}"))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContaining("max_length");
    }

    @Test
    void shouldLeaveCorsToApiGatewayOnlyWhenItCanMatchAllOrigins() {
        assertThat(config("""
                        {"client":{"allowed_origins":["https://a.example","https://*"]}}""").corsOrigins()).containsExactly("https://a.example", "https://*");
        assertThat(config("""
                        {"client":{"allowed_origins":["https://a.example","http://localhost:*"]}}""").corsOrigins()).isEmpty();
    }

    private static DeployedConfig config(String json) {
        return DeployedConfig.of(Json.read(json, ObjectNode.class));
    }
}
