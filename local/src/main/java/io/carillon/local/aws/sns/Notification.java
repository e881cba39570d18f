package io.carillon.local.aws.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.events.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/**
 * Holds a published message.
 *
 * @param subject the subject line; empty when there is none
 * @param groupId the message group, which is handed on to fair queues; empty when there is none
 */
record Notification(
        String messageId,
        String topicArn,
        String subject,
        String message,
        Map<String, NotificationAttribute> attributes,
        String groupId,
        Instant published) {

    Notification {
        attributes = Map.copyOf(attributes);
    }

    /** Gives a copy with another text. */
    Notification saying(String text) {
        return new Notification(messageId, topicArn, subject, text, attributes, groupId, published);
    }

    /** Shows the attributes as a filter policy sees them: binary ones are not looked at. */
    ObjectNode attributesAsObject() {
        var object = JsonNodeFactory.instance.objectNode();
        attributes.forEach((name, attribute) -> {
            switch (attribute.dataType()) {
                case "String" -> object.put(name, attribute.text());
                case "Number" -> object.put(name, new BigDecimal(attribute.text()));
                case "String.Array" -> putArray(object, name, attribute.text());
                default -> {
                    // Binary, and types that their sender made up.
                }
            }
        });
        return object;
    }

    private static void putArray(ObjectNode object, String name, String text) {
        try {
            object.set(name, Json.mapper().readTree(text));
        } catch (JsonProcessingException e) {
            // Not an array after all: the attribute matches nothing.
            object.remove(name);
        }
    }
}
