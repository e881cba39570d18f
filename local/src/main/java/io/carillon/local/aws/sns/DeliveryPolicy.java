package io.carillon.local.aws.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import java.util.Set;

/**
 * Says how a URL is posted to: how often again when it does not take a message, and as what.
 *
 * @param retries how many attempts follow the first; how long SNS waits between them is not kept to here
 * @param contentType the header of that name
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html">Delivery retries</a>
 */
record DeliveryPolicy(int retries, String contentType) {

    /** What SNS does unless a subscription says otherwise. */
    static final DeliveryPolicy STANDARD = new DeliveryPolicy(3, "text/plain; charset=UTF-8");

    private static final int MOST = 100;
    private static final Set<String> SECTIONS =
            Set.of("healthyRetryPolicy", "throttlePolicy", "requestPolicy", "sicklyRetryPolicy", "guaranteed");

    /**
     * Reads a policy.
     *
     * @throws SnsException if SNS would refuse it
     */
    static DeliveryPolicy parse(String text) {
        JsonNode policy;
        try {
            policy = Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw SnsException.invalidParameter("DeliveryPolicy: failed to parse JSON. " + e.getOriginalMessage());
        }
        policy.fieldNames().forEachRemaining(section -> {
            if (!SECTIONS.contains(section)) {
                throw SnsException.invalidParameter("DeliveryPolicy: Unexpected JSON member: " + section);
            }
        });
        var retries = policy.path("healthyRetryPolicy").path("numRetries").asInt(STANDARD.retries());
        if (retries < 0 || retries > MOST) {
            throw SnsException.invalidParameter("DeliveryPolicy: numRetries must be 0 to " + MOST);
        }
        var contentType = policy.path("requestPolicy").path("headerContentType").asText(STANDARD.contentType());
        return new DeliveryPolicy(retries, contentType);
    }
}
