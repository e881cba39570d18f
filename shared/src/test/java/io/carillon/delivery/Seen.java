package io.carillon.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import java.util.List;
import java.util.stream.StreamSupport;

/** Says in short what a line told a client, such as {@code pub 3} or {@code reply 1 at 2 recovered [3, 4]}. */
final class Seen {

    private Seen() {}

    static String of(String line) {
        JsonNode json = Json.read(line, JsonNode.class);
        if (json.has("error")) {
            return "error " + json.path("error").path("code").asInt();
        }
        if (json.has("subscribe")) {
            return "reply " + json.path("id").asLong() + position(json.path("subscribe"));
        }
        JsonNode push = json.path("push");
        if (push.has("pub")) {
            return pub(push.path("pub"));
        }
        if (push.has("subscribe")) {
            return "subscribe" + position(push.path("subscribe"));
        }
        if (push.has("unsubscribe")) {
            return "unsubscribe " + push.path("unsubscribe").path("code").asInt();
        }
        if (push.has("join")) {
            return "join " + push.path("join").path("info").path("client").asText();
        }
        if (push.has("leave")) {
            return "leave " + push.path("leave").path("info").path("client").asText();
        }
        return line;
    }

    private static String pub(JsonNode pub) {
        return "pub " + (pub.has("offset") ? pub.path("offset").asText() : pub.path("data"));
    }

    private static String position(JsonNode reply) {
        List<Long> offsets = StreamSupport.stream(reply.path("publications").spliterator(), false)
                .map(publication -> publication.path("offset").asLong())
                .toList();
        boolean isRecovered = reply.path("recovered").asBoolean();
        String recovery = isRecovered ? " recovered " + offsets : reply.has("was_recovering") ? " unrecovered" : "";
        return " at " + reply.path("offset").asLong() + recovery;
    }
}
