package io.carillon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigTest {

    @Test
    void shouldReadNamespacesWhenTheFileIsACentrifugoConfiguration() {
        // Given
        String json = """
                {
                  "client": {"token": {"hmac_secret_key": "secret"}, "allowed_origins": ["http://localhost:3000"]},
                  "http_api": {"key": "api-key"},
                  "channel": {
                    "without_namespace": {"allow_subscribe_for_client": true},
                    "namespaces": [
                      {"name": "chat", "presence": true, "history_size": 100, "history_ttl": "1h30m",
                       "force_recovery": true, "force_recovery_mode": "cache"}
                    ]
                  },
                  "carillon": {"shard_size": 3}
                }
                """;

        // When
        Config config = Config.read(json);

        // Then
        assertThat(config.client().token().hmacSecretKey()).isEqualTo("secret");
        assertThat(config.client().allowedOrigins()).containsExactly("http://localhost:3000");
        assertThat(config.httpApi().key()).isEqualTo("api-key");
        assertThat(config.channel().withoutNamespace().allowSubscribeForClient())
                .isTrue();
        assertThat(config.carillon().shardSize()).isEqualTo(3);
        NamespaceConfig chat = config.channel().namespaces().getFirst();
        assertThat(chat.name()).isEqualTo("chat");
        assertThat(chat.options().historySize()).isEqualTo(100);
        assertThat(chat.options().historyTtl()).isEqualTo(Duration.ofMinutes(90));
        assertThat(chat.options().forceRecoveryMode()).isEqualTo(RecoveryMode.CACHE);
    }

    @Test
    void shouldHaveCentrifugosDefaultsWhenNothingIsSet() {
        // When
        Config config = Config.read("{\"client\":{\"insecure\":true}}");

        // Then
        assertThat(config.client().channelLimit()).isEqualTo(128);
        assertThat(config.client().userConnectionLimit()).isZero();
        assertThat(config.client().expiredCloseDelay()).isEqualTo(Duration.ofSeconds(25));
        assertThat(config.client().expiredSubCloseDelay()).isEqualTo(Duration.ofSeconds(25));
        assertThat(config.client().historyMaxPublicationLimit()).isEqualTo(300);
        assertThat(config.client().recoveryMaxPublicationLimit()).isEqualTo(300);
        assertThat(config.channel().historyMetaTtl()).isEqualTo(Duration.ofHours(720));
        assertThat(config.channel().maxLength()).isEqualTo(255);
        assertThat(config.channel().privatePrefix()).isEqualTo("$");
        assertThat(config.channel().namespaceBoundary()).isEqualTo(":");
        assertThat(config.channel().userBoundary()).isEqualTo("#");
        assertThat(config.channel().userSeparator()).isEqualTo(",");
        assertThat(config.channel().withoutNamespace()).isEqualTo(ChannelOptions.DEFAULTS);
        assertThat(config.carillon())
                .isEqualTo(new CarillonConfig(
                        1000,
                        Duration.ofSeconds(480),
                        10_000,
                        0,
                        0,
                        3_000_000,
                        131_072,
                        Duration.ofMillis(500),
                        Duration.ofSeconds(5),
                        10,
                        60,
                        List.of(),
                        new CircuitConfig(5, Duration.ofSeconds(10)),
                        List.of(),
                        ""));
        assertThat(ChannelOptions.DEFAULTS.forceRecoveryMode()).isEqualTo(RecoveryMode.STREAM);
        assertThat(ChannelOptions.DEFAULTS.allowSubscribeForClient()).isFalse();
    }

    @Test
    void shouldNotShowSecretsWhenPrinted() {
        // Given
        Config config = Config.read("""
                {"client": {
                   "token": {"hmac_secret_key": "hush-1", "hmac_previous_secret_key": "hush-2"},
                   "subscription_token": {"enabled": true, "hmac_secret_key": "hush-3"}},
                 "http_api": {"key": "hush-4", "keys": ["hush-5"]}}
                """);

        // Then
        assertThat(config.toString()).doesNotContain("hush");
    }
}
