package io.carillon.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.events.PushNotification;
import io.carillon.push.PushGateway.Message;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PayloadTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    @Test
    void shouldWriteAMessageOfFcmV1() {
        // Given
        PushNotification notification = read("""
                {"uid":"n1","title":"Hi","body":"There","data":{"k":"v"},"collapse_key":"c","ttl":60,
                 "fcm":{"message":{"android":{"priority":"high"},"notification":{"title":"Hello"}}}}""");

        // When
        Message message = Payload.of(Provider.FCM, notification, NOW).orElseThrow();

        // Then
        assertThat(inner(message, "GCM")).isEqualTo(Json.read("""
                {"fcmV1Message":{"message":{"notification":{"title":"Hello","body":"There"},
                 "android":{"notification":{"tag":"c"},"collapse_key":"c","ttl":"60s","priority":"high"},
                 "apns":{"headers":{"apns-collapse-id":"c","apns-expiration":"1800000060"}},
                 "webpush":{"headers":{"Topic":"c","TTL":"60"}},
                 "data":{"push_uid":"n1","k":"v"}}}}""", JsonNode.class));
        assertThat(message.attributes()).isEmpty();
    }

    @Test
    void shouldWriteAPayloadOfApns() {
        // Given
        PushNotification notification = read("""
                {"uid":"n1","title":"Hi","data":{"k":"v"},"ttl":60,
                 "apns":{"headers":{"apns-topic":"com.example"},"payload":{"aps":{"sound":"default"}}}}""");

        // When
        Message message = Payload.of(Provider.APNS_SANDBOX, notification, NOW).orElseThrow();

        // Then
        assertThat(inner(message, "APNS_SANDBOX")).isEqualTo(Json.read("""
                {"push_uid":"n1","k":"v","aps":{"alert":{"title":"Hi"},"sound":"default"}}""", JsonNode.class));
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
                Payload.of(Provider.APNS, read("{\"data\":{\"k\":\"v\"}}"), NOW).orElseThrow();

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
        assertThat(Payload.of(Provider.APNS, onlyFcm, NOW)).isEmpty();
        assertThat(Payload.of(Provider.FCM, onlyFcm, NOW)).isPresent();
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

    @Test
    void shouldNameAWebPushByADigestWhenItsKeyIsNoTopicOfWebPush() {
        // When
        Message message = Payload.of(Provider.FCM, read("{\"title\":\"a\",\"collapse_key\":\"chat:demo\"}"), NOW)
                .orElseThrow();

        // Then
        assertThat(inner(message, "GCM")
                        .at("/fcmV1Message/message/webpush/headers/Topic")
                        .textValue())
                .matches("[A-Za-z0-9_-]{32}");
    }

    @Test
    void shouldRefuseWhatAProviderWouldRefuseUnheard() {
        Map<String, String> refused = new LinkedHashMap<>();
        refused.put("\"data\":{\"from\":\"a\"}", "data has the key \"from\"");
        refused.put("\"data\":{\"google.x\":\"a\"}", "data has the key \"google.x\"");
        refused.put("\"data\":{\"gcm.x\":\"a\"}", "data has the key \"gcm.x\"");
        refused.put("\"data\":{\"aps\":\"a\"}", "data has the key \"aps\"");
        refused.put("\"ttl\":2419201", "ttl must be from 0 to 2419200 seconds, is 2419201");
        refused.put("\"ttl\":-1", "ttl must be from 0");
        refused.put("\"fcm\":{\"message\":{\"data\":{\"n\":1}}}", "fcm.message.data.n must be a string, is 1");
        refused.put("\"fcm\":{\"message\":{\"data\":{\"message_type\":\"x\"}}}", "fcm.message.data has the key");
        refused.put("\"fcm\":{\"message\":{\"data\":[]}}", "fcm.message.data must be an object");
        refused.put("\"fcm\":{\"message\":{\"notification\":\"x\"}}", "fcm.message.notification must be an object");
        refused.put("\"fcm\":{\"message\":{\"android\":1}}", "fcm.message.android must be an object");
        refused.put("\"fcm\":{\"message\":{\"apns\":[]}}", "fcm.message.apns must be an object");
        refused.put("\"fcm\":{\"message\":{\"webpush\":true}}", "fcm.message.webpush must be an object");
        refused.put(
                "\"fcm\":{\"message\":{\"apns\":{\"headers\":{\"apns-priority\":\"7\"}}}}",
                "fcm.message.apns.headers.apns-priority must be one of 1, 5, 10");
        refused.put("\"apns\":{\"payload\":{\"aps\":1}}", "apns.payload.aps must be an object");
        refused.put("\"apns\":{\"headers\":{\"apns-priority\":\"7\"}}", "apns.headers.apns-priority must be one of");
        refused.put("\"apns\":{\"headers\":{\"apns-push-type\":\"loud\"}}", "apns.headers.apns-push-type must be one");
        refused.put(
                "\"apns\":{\"headers\":{\"apns-push-type\":\"background\",\"apns-priority\":\"10\"}}",
                "apns-priority must be 1 or 5");
        refused.put(
                "\"apns\":{\"headers\":{\"apns-collapse-id\":\"%s\"}}".formatted("é".repeat(33)),
                "apns.headers.apns-collapse-id must have at most 64 bytes");
        refused.forEach((fields, problem) -> assertThatThrownBy(() -> check(read("{\"title\":\"a\"," + fields + "}")))
                .as(fields)
                .isInstanceOfSatisfying(
                        PushRefused.class, e -> assertThat(e.error().code()).isEqualTo(107))
                .hasMessageContaining(problem));
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
