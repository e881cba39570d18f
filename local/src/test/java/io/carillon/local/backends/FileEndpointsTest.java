package io.carillon.local.backends;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.Config;
import io.carillon.config.ProxyConfig;
import io.carillon.events.Json;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FileEndpointsTest {

    private static final Path FOLDER = Path.of("/app");

    @Test
    void shouldMakeFilesFunctions() {
        // When
        FileEndpoints read = read("""
                {"client":{"proxy":{"connect":{"enabled":true,"endpoint":"file:proxy.mjs"},
                                    "refresh":{"enabled":true,"endpoint":"https://example.com/refresh"}}},
                 "rpc":{"proxy":{"endpoint":"file:///elsewhere/proxy.mjs"}},
                 "proxies":[{"name":"chat","endpoint":"file:./proxy.mjs"}]}""");

        // Then
        assertThat(read.files())
                .isEqualTo(
                        Map.of("proxy-mjs", Path.of("/app/proxy.mjs"), "proxy-mjs-2", Path.of("/elsewhere/proxy.mjs")));
        Config config = Config.read(read.config());
        ProxyConfig connect = config.client().proxy().connect().proxy();
        assertThat(connect.isFunction()).isTrue();
        assertThat(connect.endpoint()).endsWith(":function:proxy-mjs");
        assertThat(config.proxies().getFirst().proxy().endpoint()).isEqualTo(connect.endpoint());
        assertThat(config.rpc().proxy().endpoint()).endsWith(":function:proxy-mjs-2");
        assertThat(config.client().proxy().refresh().proxy().endpoint()).isEqualTo("https://example.com/refresh");
    }

    @Test
    void shouldLeaveTheRestAsItIs() {
        JsonNode config = Json.read("{\"client\":{\"insecure\":true},\"proxies\":\"none\"}", JsonNode.class);
        assertThat(FileEndpoints.in(config, FOLDER)).isEqualTo(new FileEndpoints(config, Map.of()));
    }

    private static FileEndpoints read(String config) {
        return FileEndpoints.in(Json.read(config, JsonNode.class), FOLDER);
    }
}
