package io.carillon.local.aws.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.events.Json;

/**
 * Says which messages a subscription wants. Attributes are looked at as if they were the properties of an object, so
 * that one language serves both scopes.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param text the policy as it was given
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html">Filter policies</a>
 */
record FilterPolicy(String text, FilterPolicyScope scope, FilterRule rule) {

    private static final int MAX_LENGTH = 256 * 1024;

    /**
     * Reads a policy.
     *
     * @throws SnsException if SNS would refuse it
     */
    static FilterPolicy parse(String text, FilterPolicyScope scope) {
        if (text.length() > MAX_LENGTH) {
            throw SnsException.invalidParameter("FilterPolicy: longer than 256 KB");
        }
        JsonNode policy;
        try {
            policy = Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw SnsException.invalidParameter("FilterPolicy: failed to parse JSON. " + e.getOriginalMessage());
        }
        if (!(policy instanceof ObjectNode object)) {
            throw SnsException.invalidParameter("FilterPolicy: must be a JSON object");
        }
        return new FilterPolicy(text, scope, new FilterPolicyReader(scope).read(object));
    }

    /**
     * Says whether the subscription wants the message. A policy without keys wants everything; a body that is no JSON
     * object has no properties to match.
     */
    boolean accepts(Notification notification) {
        if (rule instanceof FilterRule.AllOf(var rules) && rules.isEmpty()) {
            return true;
        }
        return switch (scope) {
            case MESSAGE_ATTRIBUTES -> rule.matches(notification.attributesAsObject());
            case MESSAGE_BODY -> parsed(notification.message()) instanceof ObjectNode body && rule.matches(body);
        };
    }

    private static JsonNode parsed(String message) {
        try {
            return Json.mapper().readTree(message);
        } catch (JsonProcessingException e) {
            return Json.mapper().missingNode();
        }
    }
}
