package io.carillon.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.config.Config;
import io.carillon.local.template.DescribedSubscription;
import io.carillon.local.template.DescribedSubscription.Function;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NamedFunctionsTest {

    private static final DescribedSubscription INDEXER =
            new DescribedSubscription("One", "lambda", new Function("indexer"), Map.of(), Optional.empty());

    @Test
    void shouldTakeFunctionsOfProxiesAndOfEvents() {
        // When
        NamedFunctions named = NamedFunctions.of(config(), List.of(INDEXER));

        // Then
        assertThat(named.names()).containsExactly("chat", "indexer");
        named.requireAll(Map.of("chat", "a.mjs", "indexer", "b.mjs"));
    }

    @Test
    void shouldRefuseAFunctionThatNothingCalls() {
        assertThatThrownBy(() -> NamedFunctions.of(config(), List.of(INDEXER)).requireAll(Map.of("other", "fn.mjs")))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("--function other=fn.mjs: nothing calls a function other.")
                .hasMessageContaining("name: chat, indexer");
        assertThatThrownBy(() -> NamedFunctions.of(Config.read("{\"client\": {\"insecure\": true}}"), List.of())
                        .requireAll(Map.of("other", "fn.mjs")))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("No proxy of the configuration (--config)");
    }

    private static Config config() {
        return Config.read("""
                {"client": {"insecure": true},
                 "rpc": {"proxy": {"endpoint": "arn:aws:lambda:eu-west-1:123456789012:function:chat:live"}},
                 "proxies": [{"name": "http", "endpoint": "https://example.com/proxy"}]}""");
    }
}
