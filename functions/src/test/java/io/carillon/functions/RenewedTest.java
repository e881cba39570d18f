package io.carillon.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.config.SecretSection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RenewedTest {

    private Instant now = Instant.parse("2026-11-24T00:00:00Z");
    private Map<SecretSection, String> stored = Map.of(SecretSection.API, "old");
    private int reads;

    @Test
    void shouldReadNothingWhileTheSecretsAreFresh() {
        // Given
        Renewed<String> part = part();

        // When
        stored = Map.of(SecretSection.API, "new");
        now = now.plus(Duration.ofMinutes(5));

        // Then
        assertThat(part.get()).isEqualTo("made from old");
        assertThat(reads).isOne();
    }

    @Test
    void shouldMakeThePartAnewWhenASecretHasBeenReplaced() {
        // Given: perhaps a function restored from a snapshot of yesterday.
        Renewed<String> part = part();
        stored = Map.of(SecretSection.API, "new");

        // When
        now = now.plus(Duration.ofDays(1));

        // Then
        assertThat(part.get()).isEqualTo("made from new");
    }

    @Test
    void shouldKeepThePartWhenTheSecretsAreTheSame() {
        // Given
        Renewed<Object> part = new Renewed<>(this::read, secrets -> new Object(), () -> now);
        Object first = part.get();

        // When
        now = now.plus(Duration.ofMinutes(6));

        // Then: with whatever it has counted and remembered.
        assertThat(part.get()).isSameAs(first);
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void shouldGoOnWithTheLastSecretsWhenTheyCannotBeRead() {
        // Given
        Renewed<String> part = part();

        // When
        stored = Map.of();
        now = now.plus(Duration.ofMinutes(6));

        // Then
        assertThat(part.get()).isEqualTo("made from old");
    }

    @Test
    void shouldNotStartWithoutSecrets() {
        // Given
        stored = Map.of();

        // Then
        assertThatThrownBy(this::part).isInstanceOf(IllegalStateException.class);
    }

    private Renewed<String> part() {
        return new Renewed<>(this::read, secrets -> "made from " + secrets.get(SecretSection.API), () -> now);
    }

    private Map<SecretSection, String> read() {
        reads++;
        if (stored.isEmpty()) {
            throw new IllegalStateException("Secrets Manager is away");
        }
        return stored;
    }
}
