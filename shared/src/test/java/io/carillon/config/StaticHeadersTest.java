package io.carillon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.events.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StaticHeadersTest {

    private static final String SUFFIX = ".http.static_headers";

    private final ObjectNode config = tree("""
            {"client":{"token":{"hmac_secret_key":"k"},
                       "proxy":{"connect":{"enabled":true,"endpoint":"https://a.example/connect",
                                           "http":{"static_headers":{"X-Api-Key":"","X-Stage":""}}}}},
             "proxies":[{"name":"chat-backend","endpoint":"https://b.example/chat",
                         "http":{"static_headers":{"Authorization":""}}},
                        {"name":"plain","endpoint":"https://c.example/plain"}]}""");

    @Test
    void shouldKnowEverySectionThatCanHaveThem() {
        List<String> paths = Schema.paths(Config.class, "").stream()
                .filter(path -> path.endsWith(SUFFIX))
                .map(path -> path.substring(0, path.length() - SUFFIX.length()))
                .toList();

        assertThat(paths)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(StaticHeaders.SECTIONS.stream(), Stream.of("proxies[]"))
                                .toList());
    }

    @Test
    void shouldGiveEachProxyTheValuesThatAreItsOwn() {
        // When
        Config whole = Config.read(SecretSection.PROXIES.lay(tree("""
                        {"client.proxy.connect":{"x-api-key":"one","X-Stage":"two"},
                         "proxies.chat-backend":{"Authorization":"three"},
                         "proxies.plain":{"X-New":"four"}}"""), config));

        // Then
        assertThat(whole.client().proxy().connect().proxy().http().staticHeaders())
                .isEqualTo(Map.of("x-api-key", "one", "X-Stage", "two"));
        assertThat(whole.proxies())
                .extracting(proxy -> proxy.proxy().http().staticHeaders())
                .containsExactly(Map.of("Authorization", "three"), Map.of("X-New", "four"));
    }

    @Test
    void shouldSayWhatDoesNotFitAndLeaveItOut() {
        // Given
        ObjectNode secret = tree("""
                {"client.proxy.connect":{"X-Api-Key":"hush"},"chat-backend":{"Authorization":"hush"}}""");

        // Then
        assertThat(StaticHeaders.problems(secret, config))
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem)
                                .contains(
                                        "\"chat-backend\"",
                                        "client.proxy.connect, proxies.chat-backend, proxies.plain"),
                        problem -> assertThat(problem).contains("X-Stage of client.proxy.connect"),
                        problem -> assertThat(problem).contains("Authorization of proxies.chat-backend"))
                .noneMatch(problem -> problem.contains("hush"));
        assertThat(Config.read(SecretSection.PROXIES.lay(secret, config))
                        .proxies()
                        .getFirst()
                        .proxy()
                        .http()
                        .staticHeaders())
                .isEqualTo(Map.of("Authorization", ""));
    }

    @Test
    void shouldRefuseASecretOfAnotherShapeWithoutShowingIt() {
        for (String secret : List.of(
                "{\"client.proxy.connect\":\"hush\"}",
                "{\"client.proxy.connect\":{\"X-Api-Key\":{\"hush\":1}}}",
                "{\"client.proxy.connect\":{\"X-Api-Key\":[\"hush\"]}}")) {
            assertThatThrownBy(() -> Config.read(SecretSection.PROXIES.lay(tree(secret), config)))
                    .isInstanceOf(InvalidConfig.class)
                    .hasMessageContaining("client.proxy.connect.http.static_headers")
                    .hasMessageNotContaining("hush");
        }
    }

    @Test
    void shouldNeedASecretOnlyWhereAHeaderIsNamed() {
        assertThat(SecretSection.PROXIES.isNeededBy(config)).isTrue();
        assertThat(SecretSection.PROXIES.isNeededBy(tree("{\"rpc\":{\"proxy\":{\"endpoint\":\"https://a.example\"}}}")))
                .isFalse();
        assertThat(SecretSection.PROXIES.isNeededBy(tree("{}"))).isFalse();
    }

    private static ObjectNode tree(String json) {
        return Json.read(json, ObjectNode.class);
    }
}
