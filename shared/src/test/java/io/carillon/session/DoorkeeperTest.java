package io.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.config.AllowedOrigins;
import io.carillon.config.Config;
import io.carillon.fakes.FakeClock;
import io.carillon.fakes.FakeConnections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoorkeeperTest {

    private final FakeClock clock = new FakeClock();
    private final FakeConnections connections = new FakeConnections(clock);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "https://app.example.com.evil.example",
                "http://app.example.com",
                "https://app.example.com:8443",
                "https://evilexample.org",
                "null",
                "https://APP.EXAMPLE.ORG.evil"
            })
    void shouldPreventCrossSiteWebSocketHijacking(String origin) {
        // Given
        Doorkeeper doorkeeper = doorkeeper("\"https://app.example.com\",\"https://*.example.org\"");

        // When
        boolean admitted = doorkeeper.admit("c1", origin);

        // Then
        assertThat(admitted).isFalse();
        assertThat(connections.find("c1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://app.example.com", "HTTPS://App.Example.Com", "https://a.b.example.org"})
    void shouldLetInTheOriginsOfTheList(String origin) {
        // Given
        Doorkeeper doorkeeper = doorkeeper("\"https://app.example.com\",\"https://*.example.org\"");

        // When
        boolean admitted = doorkeeper.admit("c1", origin);

        // Then
        assertThat(admitted).isTrue();
        assertThat(connections.find("c1"))
                .hasValueSatisfying(row -> assertThat(row.established()).isFalse());
    }

    @Test
    void shouldLetInClientsThatAreNoBrowsersAndNoBrowserWhenTheListIsEmpty() {
        // Given
        Doorkeeper doorkeeper = doorkeeper("");

        // When
        boolean backend = doorkeeper.admit("c1", "");
        boolean browser = doorkeeper.admit("c2", "https://app.example.com");

        // Then
        assertThat(backend).isTrue();
        assertThat(browser).isFalse();
    }

    @Test
    void shouldLetInEveryOriginWhenTheListSaysSo() {
        // Given
        Doorkeeper doorkeeper = doorkeeper("\"*\"");

        // When
        boolean admitted = doorkeeper.admit("c1", "https://anywhere.example");

        // Then
        assertThat(admitted).isTrue();
    }

    private Doorkeeper doorkeeper(String origins) {
        Config config = Config.read("{\"client\":{\"insecure\":true,\"allowed_origins\":[" + origins + "]}}");
        return new Doorkeeper(connections, new AllowedOrigins(config.client()), clock);
    }
}
