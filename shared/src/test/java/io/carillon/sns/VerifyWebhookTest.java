package io.carillon.sns;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The sample of docs/guides/events.md: how a webhook's receiver verifies that a message comes from SNS. */
class VerifyWebhookTest {

    private static final Pattern CERTIFICATE = Pattern.compile(
            "https://sns\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?/SimpleNotificationService-[a-zA-Z0-9]+\\.pem");

    /** What SNS signs, in this order: each name and value on a line of its own, fields that are absent left out. */
    private static final List<String> SIGNED_NOTIFICATION =
            List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");

    private static final List<String> SIGNED_CONFIRMATION =
            List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");

    /** Says whether a message is signed by SNS, and meant for us; the key is that of SigningCertURL's certificate. */
    static boolean isGenuine(Map<String, String> message, String topicArn, PublicKey key)
            throws GeneralSecurityException {
        if (!topicArn.equals(message.get("TopicArn"))
                || !"2".equals(message.get("SignatureVersion"))
                || !CERTIFICATE
                        .matcher(message.getOrDefault("SigningCertURL", ""))
                        .matches()) {
            return false;
        }
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(key);
        signature.update(signed(message).getBytes(StandardCharsets.UTF_8));
        return signature.verify(Base64.getDecoder().decode(message.get("Signature")));
    }

    private static String signed(Map<String, String> message) {
        boolean isNotification = "Notification".equals(message.get("Type"));
        StringBuilder text = new StringBuilder();
        for (String name : isNotification ? SIGNED_NOTIFICATION : SIGNED_CONFIRMATION) {
            if (message.containsKey(name)) {
                text.append(name).append('\n').append(message.get(name)).append('\n');
            }
        }
        return text.toString();
    }

    private static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:carillon-prod-events";

    private final KeyPair keys = keys();

    @Test
    void shouldAcceptWhatSnsSigned() throws GeneralSecurityException {
        assertThat(isGenuine(notification(), TOPIC, keys.getPublic())).isTrue();
    }

    @Test
    void shouldRefuseWhatWasChanged() throws GeneralSecurityException {
        for (String field : List.of("Message", "MessageId", "Timestamp", "TopicArn", "SignatureVersion")) {
            // Given
            Map<String, String> message = notification();
            message.put(field, message.get(field) + "1");

            // Then
            assertThat(isGenuine(message, TOPIC, keys.getPublic())).as(field).isFalse();
        }
    }

    @Test
    void shouldRefuseACertificateFromElsewhere() throws GeneralSecurityException {
        for (String url : List.of(
                "https://sns.eu-west-1.amazonaws.com.evil.example/SimpleNotificationService-a.pem",
                "http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-a.pem",
                "https://evil.example/?https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-a.pem")) {
            // Given
            Map<String, String> message = notification();
            message.put("SigningCertURL", url);

            // Then
            assertThat(isGenuine(message, TOPIC, keys.getPublic())).as(url).isFalse();
        }
    }

    @Test
    void shouldRefuseAnotherTopicsMessage() throws GeneralSecurityException {
        assertThat(isGenuine(notification(), TOPIC + "-of-somebody-else", keys.getPublic()))
                .isFalse();
    }

    private Map<String, String> notification() throws GeneralSecurityException {
        Map<String, String> message = new LinkedHashMap<>(Map.of(
                "Type", "Notification",
                "MessageId", "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
                "TopicArn", TOPIC,
                "Message", "{\"specversion\":\"1.0\",\"id\":\"é\"}",
                "Timestamp", "2026-03-16T00:46:22.500Z",
                "SignatureVersion", "2",
                "SigningCertURL", "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-a1b2.pem"));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        String text = "Message\n" + message.get("Message") + "\nMessageId\n" + message.get("MessageId")
                + "\nTimestamp\n" + message.get("Timestamp") + "\nTopicArn\n" + TOPIC + "\nType\nNotification\n";
        signature.update(text.getBytes(StandardCharsets.UTF_8));
        message.put("Signature", Base64.getEncoder().encodeToString(signature.sign()));
        return message;
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
