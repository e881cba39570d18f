package io.carillon.local.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.config.Config;
import io.carillon.local.Await;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import io.carillon.token.TokenIssuer;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** One connection sends many frames without waiting, and functions handle them side by side. */
class ChannelLimitRuntimeTest {

    private static final int LIMIT = 5;
    private static final int FRAMES = 40;

    @Test
    void shouldSubscribeToNoMoreThanTheLimitWhenManySubscribeFramesComeAtOnce() {
        // Given
        Config config = Config.read("""
                {"client":{"token":{"hmac_secret_key":"secret"},"channel_limit":%d},
                 "channel":{"without_namespace":{"allow_subscribe_for_client":true}}}""".formatted(LIMIT));
        String token = new TokenIssuer("secret", InstantSource.system())
                .connection("mallory")
                .sign();
        try (LocalRuntime runtime = LocalRuntime.start(RuntimeSettings.of(config));
                Attacker mallory = Attacker.open(runtime.port())) {
            mallory.connect(token).awaitLine("\"client\":");

            // When
            for (int n = 0; n < FRAMES; n++) {
                mallory.send("{\"id\":%d,\"subscribe\":{\"channel\":\"channel%d\"}}".formatted(n + 2, n));
            }

            // Then
            Await.until(() -> mallory.count("\"subscribe\":{}") + mallory.count("\"error\"") == FRAMES);
            assertThat(mallory.count("\"subscribe\":{}")).isEqualTo(LIMIT);
            assertThat(mallory.count("\"code\":106")).isEqualTo(FRAMES - LIMIT);
        }
    }
}
