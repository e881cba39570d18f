package io.carillon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyConfigTest {

    @Test
    void shouldReadProxiesAsCentrifugoDoes() {
        // When
        Config config = Config.read("""
                {"client": {"proxy": {"connect": {"enabled": true, "endpoint": "https://example.com/connect",
                    "timeout": "500ms", "http": {"static_headers": {"X-Key": "hush"}}}}},
                 "channel": {
                   "proxy": {"subscribe": {"endpoint": "http://localhost:3000/s"}},
                   "namespaces": [{"name": "chat", "subscribe_proxy_enabled": true, "publish_proxy_enabled": true,
                                   "publish_proxy_name": "fn"}]},
                 "proxies": [{"name": "fn", "endpoint": "arn:aws:lambda:eu-west-1:123456789012:function:p"}]}""");

        // Then
        Proxied proxied = new Proxied(config);
        ChannelOptions chat = config.channel().namespaces().getFirst().options();
        assertThat(proxied.connect()).hasValueSatisfying(proxy -> {
            assertThat(proxy.timeout()).isEqualTo(Duration.ofMillis(500));
            assertThat(proxy.http().staticHeaders()).isEqualTo(Map.of("X-Key", "hush"));
            assertThat(proxy.toString()).doesNotContain("hush");
        });
        assertThat(proxied.refresh()).isEmpty();
        assertThat(proxied.subscribe(chat)).hasValueSatisfying(proxy -> {
            assertThat(proxy.endpoint()).isEqualTo("http://localhost:3000/s");
            assertThat(proxy.timeout()).isEqualTo(Duration.ofSeconds(1));
        });
        assertThat(proxied.publish(chat))
                .hasValueSatisfying(proxy -> assertThat(proxy.isFunction()).isTrue());
        assertThat(proxied.subRefresh(chat)).isEmpty();
        assertThat(proxied.hasRpc()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "client":{"proxy":{"connect":{"enabled":true}}}              | client.proxy.connect.endpoint | is needed
        "client":{"proxy":{"refresh":{"endpoint":"grpc://x:1"}}}     | client.proxy.refresh.endpoint | grpc:// is not supported
        "client":{"proxy":{"refresh":{"endpoint":"arn:aws:sns:a:b"}}} | client.proxy.refresh.endpoint | the ARN of a Lambda function such as
        "client":{"proxy":{"connect":{"endpoint":"http://x","timeout":"1m"}}} | client.proxy.connect.timeout | from 1ms to 20s
        "client":{"proxy":{"refresh":{"emulated_headers":["a"]}}}    | client.proxy.refresh.emulated_headers | include_connection_meta
        "client":{"proxy":{"refresh":{"http":{"static_headers":{"Host":"x"}}}}} | client.proxy.refresh.http.static_headers | but not connection
        "client":{"proxy":{"refresh":{"http":{"static_headers":{"a":1}}}}} | client.proxy.refresh.http.static_headers | must be an object of strings, is something else
        "rpc":{"proxy":{"endpoint":"https://u:p@x.example"}} | rpc.proxy.endpoint | the static header Authorization
        "rpc":{"proxy":{"http":{"static_headers":{"a":"x\\n"}}}} | rpc.proxy.http.static_headers | printable ASCII
        "client":{"proxy":{"refresh":{"http":{"status_to_code_transforms":[{"status_code":404}]}}}} | client.proxy.refresh.http.status_to_code_transforms[0] | needs either
        "rpc":{"proxy":{"on_failure":{"to_error":{"code":99}}}}      | rpc.proxy.on_failure.to_error.code | from 400 to 1999
        "rpc":{"proxy":{"on_failure":{"to_disconnect":{"code":3501}}}} | rpc.proxy.on_failure.to_disconnect.code | from 4000 to 4999
        "rpc":{"proxy":{"on_failure":{"to_error":{"message":"later"}}}} | rpc.proxy.on_failure | beside the text
        "rpc":{"proxy":{"on_failure":{"allow":true}}}                | rpc.proxy.on_failure.allow | use to_error
        "client":{"proxy":{"connect":{"on_failure":{"allow":true}}}} | client.proxy.connect.on_failure.allow | who a client is
        "client":{"proxy":{"refresh":{"on_failure":{"to_error":{"code":500}}}}} | client.proxy.refresh.on_failure | another minute
        "channel":{"proxy":{"sub_refresh":{"on_failure":{"allow":true}}}} | channel.proxy.sub_refresh.on_failure | another minute
        "channel":{"proxy":{"publish":{"on_failure":{"allow":true,"to_error":{"code":500}}}}} | channel.proxy.publish.on_failure | only one of
        "proxies":[{"name":"ab","endpoint":"http://x","on_failure":{"allow":true}}],"rpc":{"without_namespace":{"proxy_enabled":true,"proxy_name":"ab"}} | rpc.without_namespace.proxy_name | without it
        "channel":{"namespaces":[{"name":"ab","publish_proxy_enabled":true}]} | channel.namespaces[0].publish_proxy_enabled | set channel.proxy.publish.endpoint
        "channel":{"namespaces":[{"name":"ab","subscribe_proxy_enabled":true,"subscribe_proxy_name":"x"}]} | channel.namespaces[0].subscribe_proxy_name | there is no "x" in proxies
        "rpc":{"without_namespace":{"proxy_enabled":true}}           | rpc.without_namespace.proxy_enabled | set rpc.proxy.endpoint
        "proxies":[{"name":"default","endpoint":"http://x"}]         | proxies[0].name | not "default"
        "proxies":[{"name":"ab"}]                                    | proxies[0].endpoint | is needed
        "channel":{"proxy":{"subscribe_stream":{}}}                  | channel.proxy.subscribe_stream | let the backend publish
        """)
    void shouldNameTheRemedyWhenAProxyCannotBeUsed(String sections, String key, String problem) {
        // When
        InvalidConfig invalid = catchThrowableOfType(InvalidConfig.class, () -> Config.read("{" + sections + "}"));

        // Then
        assertThat(invalid.problems())
                .filteredOn(found -> found.key().equals(key))
                .singleElement()
                .satisfies(found -> assertThat(found.problem()).contains(problem));
    }
}
