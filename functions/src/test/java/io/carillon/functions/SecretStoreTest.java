package io.carillon.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.api.HttpFront;
import io.carillon.config.Config;
import io.carillon.config.SecretSection;
import io.carillon.events.Json;
import io.carillon.events.aws.HttpEvent;
import io.carillon.events.aws.Sample;
import io.carillon.testing.TestCarillon;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Secrets Manager is down: what a backend that calls the server API sees, from instances that run and from new ones. */
class SecretStoreTest {

    private static final Duration STALE = Duration.ofMinutes(6);
    private static final ObjectNode CONFIG = Json.read("""
            {"client":{"token":{"hmac_secret_key":"secret"}},
             "channel":{"without_namespace":{"history_size":10,"history_ttl":"60s"}}}""", ObjectNode.class);

    private final StoredSecrets secrets = StoredSecrets.of(
            Map.of(SecretSection.API.variable(), "arn:aws:secretsmanager:eu-west-1:123456789012:secret:api"),
            arn -> read());

    private Instant now = Instant.parse("2026-11-24T00:00:00Z");
    private String key = "first";
    private boolean down;

    private String read() {
        if (down) {
            throw new IllegalStateException("Secrets Manager is down");
        }
        return "{\"key\":\"" + key + "\"}";
    }

    /** Starts a function instance. */
    private Renewed<HttpFront> instance() {
        return new Renewed<>(
                secrets::read,
                current -> TestCarillon.of(Config.read(StoredSecrets.lay(current, CONFIG)))
                        .carillon()
                        .httpFront(),
                () -> now);
    }

    private static int publish(Renewed<HttpFront> instance, String key) {
        String request = Sample.HTTP_REQUEST.text().replace("not-a-real-key", key);
        return instance.get().answer(HttpEvent.read(request)).statusCode();
    }

    @Test
    void shouldGoOnWithTheLastKeysWhileTheStoreIsDown() {
        // Given
        Renewed<HttpFront> running = instance();
        down = true;

        // When
        now = now.plus(STALE);
        int known = publish(running, "first");
        int unknown = publish(running, "second");

        // Then
        assertThat(known).isEqualTo(200);
        assertThat(unknown).isEqualTo(401);
    }

    @Test
    void shouldTakeTheNewKeyOnceTheStoreIsBack() {
        // Given a key that was replaced just before the store went down
        Renewed<HttpFront> running = instance();
        key = "second";
        down = true;
        now = now.plus(STALE);
        assertThat(publish(running, "second")).isEqualTo(401);

        // When
        down = false;
        now = now.plus(STALE);

        // Then
        assertThat(publish(running, "second")).isEqualTo(200);
        assertThat(publish(running, "first")).isEqualTo(401);
    }

    @Test
    void shouldNotStartANewInstanceUntilTheStoreIsBack() {
        // Given
        down = true;

        // Then: Lambda tries again with the next call.
        assertThatThrownBy(this::instance).hasMessage("Secrets Manager is down");
        down = false;
        assertThat(publish(instance(), "first")).isEqualTo(200);
    }
}
