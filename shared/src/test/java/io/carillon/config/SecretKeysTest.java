package io.carillon.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretKeysTest {

    @Test
    void shouldFindSecretsInEverySection() {
        assertThat(found("""
                        {"http_api":{"key":"a","keys":["e"]},
                         "client":{"token":{"hmac_secret_key":"b","audience":"c"},
                                   "subscription_token":{"hmac_previous_secret_key":"d"}}}"""))
                .containsExactlyInAnyOrder(
                        "http_api.key",
                        "http_api.keys",
                        "client.token.hmac_secret_key",
                        "client.subscription_token.hmac_previous_secret_key");
    }

    @Test
    void shouldFindEachHeaderThatHasAValue() {
        assertThat(found("""
                        {"client":{"proxy":{"refresh":{"http":{"static_headers":{"X-Api-Key":"a","X-Stage":""}}}}},
                         "rpc":{"proxy":{"http":{"static_headers":{"Authorization":7}}}},
                         "proxies":[{"name":"one","http":{"static_headers":{"X-One":""}}},
                                    {"name":"two","http":{"static_headers":{"X-Two":"b"}}}]}"""))
                .containsExactlyInAnyOrder(
                        "client.proxy.refresh.http.static_headers.X-Api-Key",
                        "rpc.proxy.http.static_headers.Authorization",
                        "proxies[1].http.static_headers.X-Two");
    }

    @Test
    void shouldFindNoneWhereNoneIsSet() {
        assertThat(found(
                        "{\"http_api\":{\"key\":\"\",\"keys\":[]},\"channel\":{\"namespaces\":[{\"name\":\"chat\"}]}}"))
                .isEmpty();
    }

    @Test
    void shouldTakeAValueOfAnotherTypeForASecretToo() {
        assertThat(found("{\"http_api\":{\"key\":12345}}")).containsExactly("http_api.key");
    }

    private static List<String> found(String json) {
        return SecretKeys.setIn(Json.read(json, JsonNode.class));
    }
}
