package io.carillon.local.pages;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.events.MalformedJson;
import io.carillon.events.RawJson;
import io.carillon.local.aws.sns.SentPush;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Tells which mobile push notifications phones would have got, newest first. Safe for use by several threads.
 */
public final class PushesPage {

    private static final int SHOWN = 50;

    private volatile Supplier<List<SentPush>> sent = List::of;

    /** What is told. */
    record State(@JsonInclude(JsonInclude.Include.ALWAYS) List<Shown> pushes) {}

    /**
     * A notification, as a phone shows it and as it was sent.
     *
     * @param time in milliseconds since 1970
     */
    record Shown(
            String id,
            long time,
            String platform,
            String token,
            String title,
            String body,
            RawJson payload,
            Map<String, String> attributes) {}

    /** Takes where the notifications of a runtime that has started are. */
    public void show(Supplier<List<SentPush>> pushes) {
        sent = pushes;
    }

    Answer answer() {
        List<Shown> shown = sent.get().reversed().stream()
                .limit(SHOWN)
                .map(PushesPage::shown)
                .toList();
        return Answer.json(new State(shown));
    }

    private static Shown shown(SentPush push) {
        JsonNode payload = read(push.payload());
        JsonNode alert =
                payload.at(push.platform().equals("GCM") ? "/fcmV1Message/message/notification" : "/aps/alert");
        return new Shown(
                push.messageId(),
                push.time().toEpochMilli(),
                push.platform(),
                push.token(),
                alert.isTextual() ? alert.textValue() : alert.path("title").asText(),
                alert.path("body").asText(),
                RawJson.of(Json.write(payload)),
                push.attributes());
    }

    /** A text that is no JSON is shown as one. */
    private static JsonNode read(String payload) {
        try {
            return Json.read(payload, JsonNode.class);
        } catch (MalformedJson e) {
            return Json.mapper().getNodeFactory().textNode(payload);
        }
    }
}
