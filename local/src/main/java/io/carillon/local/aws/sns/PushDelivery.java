package io.carillon.local.aws.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Keeps the last notifications that SNS would have handed to providers, after refusing what it refuses. Safe for use by
 * several threads.
 */
final class PushDelivery {

    private static final int KEPT = 10_000;

    private final Platforms platforms;
    private final InstantSource clock;
    private final Deque<SentPush> sent = new ArrayDeque<>();

    PushDelivery(Platforms platforms, InstantSource clock) {
        this.platforms = platforms;
        this.clock = clock;
    }

    /** Takes a notification for an endpoint, and gives its id. */
    String publish(String endpointArn, QueryParameters request) {
        PlatformEndpoint endpoint = platforms.target(endpointArn);
        if (!endpoint.enabled()) {
            throw SnsException.badRequest("EndpointDisabled", "Endpoint is disabled");
        }
        String message = request.required("Message");
        if (message.getBytes(StandardCharsets.UTF_8).length > Publisher.MAX_MESSAGE_BYTES) {
            throw SnsException.invalidParameter("Message too long");
        }
        String payload =
                request.optional("MessageStructure").equals("json") ? payload(message, endpoint.platform()) : message;
        Map<String, String> attributes = request.messageAttributes().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().text()));
        String id = UUID.randomUUID().toString();
        keep(new SentPush(
                id, endpointArn, endpoint.platform(), endpoint.token(), payload, attributes, clock.instant()));
        return id;
    }

    private synchronized void keep(SentPush push) {
        sent.addLast(push);
        if (sent.size() > KEPT) {
            sent.removeFirst();
        }
    }

    synchronized List<SentPush> sent() {
        return List.copyOf(sent);
    }

    private static String payload(String message, String platform) {
        JsonNode texts;
        try {
            texts = Json.mapper().readTree(message);
        } catch (JsonProcessingException e) {
            throw SnsException.invalidParameter("Message Structure - JSON message body failed to parse");
        }
        if (!texts.path("default").isTextual()) {
            throw SnsException.invalidParameter("Message Structure - No default entry in JSON message body");
        }
        return texts.path(platform).asText(texts.path("default").textValue());
    }
}
