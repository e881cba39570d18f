package io.carillon.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.events.PushNotification;
import io.carillon.push.PushGateway.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares what SNS gets, to the byte, with the files under {@code src/test/resources/push}: the platform's own text and
 * then SNS's attributes. With {@code -Dgolden.update=true} it writes them instead.
 */
class PayloadGoldenTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final Path FILES = Path.of("src/test/resources/push");
    private static final String ALL = """
            {"uid":"n-1","title":"Carol","body":"Dinner?","data":{"channel":"chat:demo","id":"7"},
             "collapse_key":"chat:demo","ttl":3600,
             "fcm":{"message":{"android":{"priority":"high","notification":{"channel_id":"chat"}}}},
             "apns":{"headers":{"apns-topic":"com.example.chat","apns-priority":"10"},
                     "payload":{"aps":{"badge":1,"sound":"default","thread-id":"chat:demo"}}}}""";
    private static final String BACKGROUND = "{\"uid\":\"n-2\",\"data\":{\"refresh\":\"inbox\"},\"ttl\":60}";

    @ParameterizedTest
    @CsvSource({
        "all, FCM",
        "all, APNS",
        "all, APNS_SANDBOX",
        "background, FCM",
        "background, APNS",
        "background, APNS_SANDBOX"
    })
    void shouldGiveSnsTheseBytes(String name, Provider provider) {
        // Given
        PushNotification notification = Json.read(name.equals("all") ? ALL : BACKGROUND, PushNotification.class);

        // When
        Message message = Payload.of(provider, notification, NOW).orElseThrow();

        // Then
        String key = provider == Provider.FCM ? "GCM" : provider.name();
        String text = Json.read(message.body(), JsonNode.class).path(key).textValue();
        compare(
                name + "-" + provider.text() + ".jsonl",
                text + "\n" + Json.write(new TreeMap<>(message.attributes())) + "\n");
    }

    @Test
    void shouldTakeAMessageOfFcmThatFillsItsRoomAndNoneThatHasOneByteMore() {
        // Given: {"notification":{"title":"…"}} counts.
        int room = Payload.MAX_BYTES - "{\"notification\":{\"title\":\"\"}}".length();

        // Then
        assertThatCode(() -> Payload.of(Provider.FCM, titled(room), NOW)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Payload.of(Provider.FCM, titled(room + 1), NOW))
                .isInstanceOfSatisfying(
                        PushRefused.class, e -> assertThat(e.error().code()).isEqualTo(106))
                .hasMessageContaining("has 4097 bytes, and FCM takes of notification and data 4096");
    }

    @Test
    void shouldTakeAPayloadOfApnsThatFillsItsRoomAndNoneThatHasOneByteMore() {
        // Given: all of the payload counts.
        int room = Payload.MAX_BYTES - "{\"aps\":{\"alert\":{\"title\":\"\"}}}".length();

        // Then
        assertThatCode(() -> Payload.of(Provider.APNS, titled(room), NOW)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Payload.of(Provider.APNS, titled(room + 1), NOW))
                .isInstanceOfSatisfying(
                        PushRefused.class, e -> assertThat(e.error().code()).isEqualTo(106))
                .hasMessageContaining("has 4097 bytes, and APNs takes of a payload 4096");
    }

    private static PushNotification titled(int length) {
        return Json.read("{\"title\":\"%s\"}".formatted("x".repeat(length)), PushNotification.class);
    }

    private static void compare(String file, String expected) {
        Path path = FILES.resolve(file);
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(FILES);
                Files.writeString(path, expected);
            }
            assertThat(path).as("write it with -Dgolden.update=true").exists();
            assertThat(Files.readString(path)).isEqualTo(expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
