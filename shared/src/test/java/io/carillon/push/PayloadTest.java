package io.carillon.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.events.PushNotification;
import io.carillon.push.PushGateway.Message;
import org.junit.jupiter.api.Test;

class PayloadTest {

    @Test
    void shouldWriteAMessageOfFcmV1() {
        // Given
        PushNotification notification = read("""
                {"uid":"n1","title":"Hi","body":"There","data":{"k":"v"},"collapse_key":"c","ttl":60,
                 "fcm":{"message":{"android":{"priority":"high"},"notification":{"title":"Hello"}}}}""");

        // When
        Message message = Payload.of(Provider.FCM, notification).orElseThrow();

        // Then
        assertThat(inner(message, "GCM")).isEqualTo(Json.read("""
                {"fcmV1Message":{"message":{"notification":{"title":"Hello","body":"There"},
                 "android":{"notification":{"tag":"c"},"collapse_key":"c","ttl":"60s","priority":"high"},
                 "data":{"k":"v"}}}}""", JsonNode.class));
        assertThat(message.attributes()).isEmpty();
    }

    @Test
    void shouldWriteAPayloadOfApns() {
        // Given
        PushNotification notification = read("""
                {"uid":"n1","title":"Hi","data":{"k":"v"},"ttl":60,
                 "apns":{"headers":{"apns-topic":"com.example"},"payload":{"aps":{"sound":"default"}}}}""");

        // When
        Message message = Payload.of(Provider.APNS_SANDBOX, notification).orElseThrow();

        // Then
        assertThat(inner(message, "APNS_SANDBOX")).isEqualTo(Json.read("""
                {"k":"v","aps":{"alert":{"title":"Hi"},"sound":"default"}}""", JsonNode.class));
        assertThat(message.attributes())
                .containsEntry("AWS.SNS.MOBILE.APNS.PUSH_TYPE", "alert")
                .containsEntry("AWS.SNS.MOBILE.APNS.PRIORITY", "10")
                .containsEntry("AWS.SNS.MOBILE.APNS.TOPIC", "com.example")
                .containsEntry("AWS.SNS.MOBILE.APNS.COLLAPSE_ID", "n1")
                .containsEntry("AWS.SNS.MOBILE.APNS_SANDBOX.TTL", "60");
    }

    @Test
    void shouldPushInTheBackgroundWhenThereIsOnlyData() {
        // When
        Message message =
                Payload.of(Provider.APNS, read("{\"data\":{\"k\":\"v\"}}")).orElseThrow();

        // Then
        assertThat(inner(message, "APNS").path("aps").path("content-available").asInt())
                .isEqualTo(1);
        assertThat(message.attributes())
                .containsEntry("AWS.SNS.MOBILE.APNS.PUSH_TYPE", "background")
                .containsEntry("AWS.SNS.MOBILE.APNS.PRIORITY", "5");
    }

    @Test
    void shouldHaveNothingForAProviderThatIsNotNamed() {
        // Given
        PushNotification onlyFcm = read("{\"fcm\":{\"message\":{\"data\":{\"k\":\"v\"}}}}");

        // Then
        assertThat(Payload.of(Provider.APNS, onlyFcm)).isEmpty();
        assertThat(Payload.of(Provider.FCM, onlyFcm)).isPresent();
    }

    @Test
    void shouldSayHowLargeItIsWhenItIsTooLarge() {
        // Given
        PushNotification large = read("{\"title\":\"%s\"}".formatted("é".repeat(2048)));

        // Then
        assertThatThrownBy(() -> check(large))
                .isInstanceOf(PushRefused.class)
                .hasMessageContaining("4096")
                .hasMessageMatching(".*has 41\\d\\d bytes.*");
    }

    @Test
    void shouldRefuseWhatNoProviderWouldTake() {
        assertThatThrownBy(() -> check(PushNotification.NONE)).hasMessageContaining("is empty");
        assertThatThrownBy(() -> check(read("{\"fcm\":{\"message\":{\"token\":\"t\"}}}")))
                .hasMessageContaining("must not name a token");
        assertThatThrownBy(() -> check(read("{\"title\":\"a\",\"apns\":{\"headers\":{\"apns-id\":\"1\"}}}")))
                .hasMessageContaining("apns-collapse-id, apns-priority");
        assertThatThrownBy(() -> check(read("{\"title\":\"a\",\"fcm\":{\"message\":[]}}")))
                .hasMessageContaining("must be an object");
    }

    private static void check(PushNotification notification) {
        Payload.check(notification, notification);
    }

    private static PushNotification read(String json) {
        return Json.read(json, PushNotification.class);
    }

    private static JsonNode inner(Message message, String platform) {
        JsonNode structure = Json.read(message.body(), JsonNode.class);
        return Json.read(structure.path(platform).textValue(), JsonNode.class);
    }
}
