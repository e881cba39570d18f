package io.carillon.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.events.ApiError;
import io.carillon.events.Framing;
import io.carillon.events.Json;
import io.carillon.events.PushJob;
import io.carillon.events.PushNotification;
import io.carillon.events.PushTemplating;
import io.carillon.events.RawJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Words a notification for a device: in its language, and with its names where texts are templates. Templates are the
 * title, the body, the values of {@code data}, and every text in {@code fcm.message} and {@code apns.payload}.
 */
final class Wording {

    /** With 25 recipients it fits a message of SQS, which is 256 KB where nobody has raised it. */
    static final int MAX_BYTES = 65_536;

    /** As long as the ids that Carillon gives. */
    private static final Device ANYBODY = new Device(
            "00000000-0000-0000-0000-000000000000",
            "",
            Provider.FCM,
            "",
            "",
            "",
            "",
            Set.of(),
            Map.of(),
            Map.of(),
            "",
            0,
            0);

    private Wording() {}

    /**
     * Words what a job brings to a device.
     *
     * @throws PushRefused 107 if a template is wrong, which {@link #check} would have said
     */
    static PushNotification of(PushJob job, Device device) {
        if (!job.templating().isOn()) {
            return job.notification();
        }
        Languages languages = new Languages(job.templating().localizations());
        return worded(job.notification(), job.templating(), languages.of(device.locale()), device);
    }

    /**
     * Refuses a notification that could not be sent in one of its languages.
     *
     * @throws PushRefused 107 if it or one of its templates is wrong; 106 if it is too large in one of them, without
     *     what devices bring
     */
    static void check(PushNotification notification, PushTemplating templating) {
        int size = Framing.utf8Length(Json.write(notification)) + Framing.utf8Length(Json.write(templating));
        if (size > MAX_BYTES) {
            throw new PushRefused(
                    ApiError.limitExceeded("the notification has %d bytes with all its languages, and may have %d"
                            .formatted(size, MAX_BYTES)));
        }
        if (!templating.isOn()) {
            Payload.check(notification, notification);
            return;
        }
        Languages languages = new Languages(templating.localizations());
        languages.check();
        Set<String> anywhere = new TreeSet<>();
        templating
                .localizations()
                .values()
                .forEach(each -> anywhere.addAll(each.translations().keySet()));
        for (String language : languages.all()) {
            PushTemplating.Localization localization = languages.of(language);
            Set<String> sure = localization.translations().keySet();
            PushNotification titled = titled(notification, localization);
            each(titled, text -> {
                Template.check(text, sure, anywhere, templating.useMeta(), Languages.name(language));
                return text;
            });
            Payload.check(titled, worded(notification, templating, localization, ANYBODY));
        }
    }

    private static PushNotification worded(
            PushNotification notification,
            PushTemplating templating,
            PushTemplating.Localization localization,
            Device device) {
        Map<String, Object> names = Map.of(
                "device",
                Map.of(
                        "id",
                        device.id(),
                        "user",
                        device.user(),
                        "meta",
                        templating.useMeta() ? device.meta() : Map.of()),
                "l10n",
                localization.translations());
        return each(titled(notification, localization), text -> Template.fill(text, names));
    }

    private static PushNotification titled(PushNotification notification, PushTemplating.Localization localization) {
        return notification.worded(
                localization.title().isEmpty() ? notification.title() : localization.title(),
                localization.body().isEmpty() ? notification.body() : localization.body(),
                notification.data(),
                notification.fcm().message(),
                notification.apns().payload());
    }

    private static PushNotification each(PushNotification notification, UnaryOperator<String> change) {
        Map<String, String> data = new LinkedHashMap<>();
        notification.data().forEach((name, value) -> data.put(name, change.apply(value)));
        return notification.worded(
                change.apply(notification.title()),
                change.apply(notification.body()),
                data,
                each(notification.fcm().message(), change),
                each(notification.apns().payload(), change));
    }

    private static RawJson each(RawJson json, UnaryOperator<String> change) {
        return json.isEmpty() ? json : RawJson.of(Json.write(each(Json.read(json.text(), JsonNode.class), change)));
    }

    private static JsonNode each(JsonNode node, UnaryOperator<String> change) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode changed = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(field -> changed.set(field.getKey(), each(field.getValue(), change)));
                yield changed;
            }
            case ArrayNode array -> {
                ArrayNode changed = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> changed.add(each(element, change)));
                yield changed;
            }
            default -> node.isTextual() ? JsonNodeFactory.instance.textNode(change.apply(node.textValue())) : node;
        };
    }
}
