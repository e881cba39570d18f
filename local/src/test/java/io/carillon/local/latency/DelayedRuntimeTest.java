package io.carillon.local.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.config.Config;
import io.carillon.local.LocalRuntime;
import io.carillon.local.Probes;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.client.Audience;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DelayedRuntimeTest {

    private static final Config CONFIG = Config.read("""
            {
              "client": {"token": {"hmac_secret_key": "secret"}},
              "http_api": {"key": "key"},
              "channel": {"without_namespace": {"history_size": 100, "history_ttl": "300s", "force_recovery": true,
                "allow_subscribe_for_client": true, "allow_publish_for_client": true}}
            }""");

    @Test
    void shouldDelayNothingUnlessAsked() {
        Probes probes = RuntimeSettings.of(CONFIG).probes();

        assertThat(probes.pace().inbound()).isZero();
        assertThat(probes.pace().reply()).isZero();
        assertThat(probes.pace().request()).isZero();
        assertThat(probes.pace().accepted()).isZero();
        assertThat(probes.pace().delivered()).isZero();
    }

    @Test
    void shouldKeepTheOrderOfAChannelWhenEverythingIsDelayed() throws InterruptedException {
        // Given
        Latency latency = new Latency(LatencyModel.aws(), 7);
        try (LocalRuntime runtime = LocalRuntime.start(latency.in(RuntimeSettings.of(CONFIG)));
                Audience audience = new Audience(URI.create("http://127.0.0.1:" + runtime.port()), CONFIG, "news")) {
            BlockingQueue<Integer> received = new LinkedBlockingQueue<>();
            audience.subscribe(1, data -> received.add(data.asInt()));

            // When
            for (int i = 0; i < 20; i++) {
                Audience.await(audience.publishByServer(Integer.toString(i)));
            }

            // Then
            for (int i = 0; i < 20; i++) {
                assertThat(received.poll(60, TimeUnit.SECONDS)).isEqualTo(i);
            }
        }
    }
}
