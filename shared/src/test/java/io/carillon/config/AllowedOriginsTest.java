package io.carillon.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedOriginsTest {

    @ParameterizedTest
    @CsvSource({
        "https://app.example.com, https://app.example.com, true",
        "https://app.example.com, HTTPS://APP.example.com, true",
        "https://App.example.com, https://app.example.com, true",
        "https://app.example.com, http://app.example.com, false",
        "https://app.example.com, https://appXexample.com, false",
        "https://app.example.com, https://app.example.com.evil.test, false",
        "https://*.example.com, https://a.b.example.com, true",
        "https://*.example.com, https://example.com, false",
        "https://*.example.com, https://evil.test/.example.com.evil.test, false",
        "http://localhost:*, http://localhost:3000, true",
        "*, null, true",
    })
    void shouldPermitAnOriginWhenAPatternFitsAllOfIt(String pattern, String origin, boolean permitted) {
        assertThat(origins("\"" + pattern + "\"").permits(origin)).isEqualTo(permitted);
    }

    @Test
    void shouldPermitOnlyClientsWithoutAnOriginWhenTheListIsEmpty() {
        assertThat(origins("").permits("")).isTrue();
        assertThat(origins("").permits("https://app.example.com")).isFalse();
    }

    private static AllowedOrigins origins(String list) {
        return new AllowedOrigins(Config.read("{\"client\":{\"insecure\":true,\"allowed_origins\":[" + list + "]}}")
                .client());
    }
}
