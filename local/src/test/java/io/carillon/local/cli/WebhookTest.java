package io.carillon.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {

    @Test
    void shouldTakeAnAddressWithEqualsSignsOfItsOwn() {
        assertThat(Webhook.parse("http://localhost:9000/hooks?key=a&next=b"))
                .isEqualTo(new Webhook(Optional.empty(), URI.create("http://localhost:9000/hooks?key=a&next=b")));
    }

    @Test
    void shouldStandInForAnAddressOfTheTemplate() {
        assertThat(Webhook.parse("https://example.com/hooks?key=a=http://localhost:9000/hooks?key=b"))
                .isEqualTo(new Webhook(
                        Optional.of("https://example.com/hooks?key=a"),
                        URI.create("http://localhost:9000/hooks?key=b")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:9000", "ftp://localhost/hooks", "http://", "http:// a", "https://a.example=b"})
    void shouldSayWhatAnAddressIsWhenItIsNone(String value) {
        assertThatThrownBy(() -> Webhook.parse(value))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("http://localhost:9000/events")
                .hasMessageContaining(value);
    }
}
