package io.carillon.local.aws.sns;

import java.time.Instant;
import java.util.Map;

/**
 * A notification that SNS would have handed to a provider.
 *
 * @param messageId what its sender was told
 * @param platform {@code GCM}, {@code APNS} or {@code APNS_SANDBOX}
 * @param token the provider's name for the device
 * @param payload what the provider would have got, as JSON
 * @param attributes the message attributes, which say how APNs is to treat it
 */
public record SentPush(
        String messageId,
        String endpoint,
        String platform,
        String token,
        String payload,
        Map<String, String> attributes,
        Instant time) {

    public SentPush {
        attributes = Map.copyOf(attributes);
    }
}
