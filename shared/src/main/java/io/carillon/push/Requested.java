package io.carillon.push;

import io.carillon.events.ApiError;
import io.carillon.events.Framing;
import io.carillon.events.PushRequest;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads devices and changes of devices from requests, and refuses what cannot be kept. */
final class Requested {

    /** Longer than any provider's token; SNS itself takes 2,048 characters. */
    private static final int MAX_TOKEN = 2048;

    static final int MAX_TEXT = 512;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]+");

    private Requested() {}

    static Device device(PushRequest.DeviceRegister request) {
        Provider provider = provider(request.provider());
        require(!request.token().isEmpty(), "token is required");
        requireFits("token", request.token(), MAX_TOKEN);
        require(
                Device.PLATFORMS.contains(request.platform()),
                "platform must be one of " + String.join(", ", Device.PLATFORMS) + ", is \"" + request.platform()
                        + "\"");
        require(
                provider == Provider.FCM || request.platform().equals("ios"),
                "platform must be ios with the provider " + provider.text() + ", is \"" + request.platform() + "\"");
        requireFits("id", request.id(), MAX_TEXT);
        if (!request.id().isEmpty()) {
            requireDeviceId("id", request.id());
        }
        requireFits("user", request.user(), MAX_TEXT);
        requireLocale(request.locale());
        requireZone(request.timezone());
        return new Device(
                request.id(),
                request.user(),
                provider,
                request.token(),
                request.platform(),
                request.locale(),
                request.timezone(),
                topics(request.topics()),
                request.tags(),
                request.meta(),
                "",
                0,
                0);
    }

    /** Refuses a change that no device could have, whether or not it meets one. */
    static void check(PushRequest.DeviceUpdate request) {
        request.locale().map(PushRequest.LocaleUpdate::locale).ifPresent(Requested::requireLocale);
        request.timezone().map(PushRequest.TimezoneUpdate::timezone).ifPresent(Requested::requireZone);
    }

    static Device changed(Device device, PushRequest.DeviceUpdate request) {
        String user = request.user().map(PushRequest.UserUpdate::user).orElse(device.user());
        requireFits("user", user, MAX_TEXT);
        return new Device(
                device.id(),
                user,
                device.provider(),
                device.token(),
                device.platform(),
                request.locale().map(PushRequest.LocaleUpdate::locale).orElse(device.locale()),
                request.timezone().map(PushRequest.TimezoneUpdate::timezone).orElse(device.timezone()),
                request.topics().map(update -> topics(device.topics(), update)).orElse(device.topics()),
                request.tags().map(PushRequest.TagsUpdate::tags).orElse(device.tags()),
                request.meta().map(PushRequest.MetaUpdate::meta).orElse(device.meta()),
                device.endpoint(),
                device.version(),
                device.updatedAt());
    }

    static Provider provider(String text) {
        return Provider.find(text)
                .orElseThrow(() -> PushRefused.badRequest(
                        "provider must be one of " + String.join(", ", Provider.texts()) + ", is \"" + text + "\""));
    }

    static Set<String> topics(Set<String> before, PushRequest.TopicsUpdate update) {
        Set<String> topics = new HashSet<>(before);
        switch (update.op()) {
            case "", "set" -> {
                return topics(update.topics());
            }
            case "add" -> topics.addAll(update.topics());
            case "remove" -> topics.removeAll(update.topics());
            default -> throw PushRefused.badRequest("op must be one of set, add, remove, is \"" + update.op() + "\"");
        }
        return topics(List.copyOf(topics));
    }

    static Set<String> topics(List<String> asked) {
        Set<String> topics = new HashSet<>(asked);
        if (topics.size() > Device.MAX_TOPICS) {
            throw new PushRefused(ApiError.limitExceeded(
                    "a device has at most " + Device.MAX_TOPICS + " topics, not " + topics.size()));
        }
        topics.forEach(topic -> {
            require(!topic.isEmpty(), "a topic must have a name");
            requireFits("topic", topic, MAX_TEXT);
        });
        return topics;
    }

    private static void requireLocale(String locale) {
        requireFits("locale", locale, MAX_TEXT);
        require(
                locale.isEmpty() || Languages.isWellFormed(locale),
                "locale must be a language tag such as pt or pt-BR, or empty, is \"" + locale + "\"");
    }

    private static void requireZone(String zone) {
        try {
            if (!zone.isEmpty()) {
                ZoneId.of(zone);
            }
        } catch (DateTimeException e) {
            throw PushRefused.badRequest(
                    "timezone must be a name such as Europe/Zurich, or empty, is \"" + zone + "\"");
        }
    }

    /** Keeps devices apart from the users and the {@code *} that are recipients of a notification too. */
    static void requireDeviceId(String field, String id) {
        require(
                ID.matcher(id).matches() && !id.startsWith(PushSender.USER),
                field + " must be made of A-Z a-z 0-9 _ . : - and not begin with \"" + PushSender.USER + "\", is \""
                        + id + "\"");
    }

    static void requireFits(String field, String text, int most) {
        require(Framing.utf8Length(text) <= most, field + " must have at most " + most + " bytes");
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw PushRefused.badRequest(problem);
        }
    }
}
