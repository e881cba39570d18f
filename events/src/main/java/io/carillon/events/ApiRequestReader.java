package io.carillon.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads requests of the server API: the method's name comes from the path, or in a batch from the command itself. */
final class ApiRequestReader {

    private static final String BATCH = "batch";

    private static final Map<String, Class<? extends ApiRequest>> METHODS = Map.ofEntries(
            Map.entry("publish", ApiRequest.Publish.class),
            Map.entry("broadcast", ApiRequest.Broadcast.class),
            Map.entry("subscribe", ApiRequest.Subscribe.class),
            Map.entry("unsubscribe", ApiRequest.Unsubscribe.class),
            Map.entry("disconnect", ApiRequest.Disconnect.class),
            Map.entry("refresh", ApiRequest.Refresh.class),
            Map.entry("block_user", ApiRequest.BlockUser.class),
            Map.entry("unblock_user", ApiRequest.UnblockUser.class),
            Map.entry("revoke_token", ApiRequest.RevokeToken.class),
            Map.entry("invalidate_user_tokens", ApiRequest.InvalidateUserTokens.class),
            Map.entry("presence", ApiRequest.Presence.class),
            Map.entry("presence_stats", ApiRequest.PresenceStats.class),
            Map.entry("history", ApiRequest.History.class),
            Map.entry("history_remove", ApiRequest.HistoryRemove.class),
            Map.entry("channels", ApiRequest.Channels.class),
            Map.entry("device_register", PushRequest.DeviceRegister.class),
            Map.entry("device_update", PushRequest.DeviceUpdate.class),
            Map.entry("device_remove", PushRequest.DeviceRemove.class),
            Map.entry("device_list", PushRequest.DeviceList.class),
            Map.entry("device_topic_update", PushRequest.DeviceTopicUpdate.class),
            Map.entry("device_topic_list", PushRequest.DeviceTopicList.class),
            Map.entry("user_topic_update", PushRequest.UserTopicUpdate.class),
            Map.entry("user_topic_list", PushRequest.UserTopicList.class),
            Map.entry("cancel_push", PushRequest.CancelPush.class),
            Map.entry("update_push_status", PushRequest.UpdatePushStatus.class),
            Map.entry("send_push_notification", PushRequest.SendPushNotification.class),
            Map.entry("push_status", PushRequest.PushStatus.class),
            Map.entry("member_update", PushRequest.MemberUpdate.class),
            Map.entry("member_list", PushRequest.MemberList.class),
            Map.entry("info", ApiRequest.Info.class));

    /** Fields that change what a request means, so that ignoring them would be a lie. */
    private static final Set<String> NOT_IGNORED = Set.of("version", "version_epoch", "label_filter", "all_users");

    private ApiRequestReader() {}

    static ApiRequest read(String method, String body) {
        if (method.equals(BATCH)) {
            return batch(Json.read(body, BatchBody.class));
        }
        Class<? extends ApiRequest> type = METHODS.get(method);
        if (type == null) {
            return new ApiRequest.Unknown(method);
        }
        ApiRequest request = Json.read(body, type);
        String unsupported = unsupportedField(body);
        if (unsupported.isEmpty() && request instanceof PushRequest) {
            unsupported = UnsupportedPush.in(body);
        }
        if (unsupported.isEmpty() && hasNotification(request, body)) {
            unsupported = UnsupportedPush.unknownIn(body);
        }
        return unsupported.isEmpty()
                ? request
                : new ApiRequest.Invalid("Carillon does not support " + unsupported + "; leave it out");
    }

    /** Only then is the body looked at once more. */
    private static boolean hasNotification(ApiRequest request, String body) {
        return switch (request) {
            case ApiRequest.Publish publish -> UnsupportedPush.mayHavePush(body);
            case ApiRequest.Broadcast broadcast -> UnsupportedPush.mayHavePush(body);
            case PushRequest.SendPushNotification send -> true;
            default -> false;
        };
    }

    private static ApiRequest.Batch batch(BatchBody body) {
        List<ApiRequest> commands = new ArrayList<>();
        for (RawJson command : body.commands()) {
            boolean isAbsent = command == null || command.text().equals("null");
            commands.add(command(isAbsent ? "{}" : command.text()));
        }
        return new ApiRequest.Batch(commands, body.parallel());
    }

    /** What is wrong with one command is its own affair. */
    private static ApiRequest command(String text) {
        try {
            return command(Json.read(text, Command.class));
        } catch (MalformedJson e) {
            return new ApiRequest.Invalid(e.getMessage());
        }
    }

    private static ApiRequest command(Command command) {
        List<String> named = command.keySet().stream()
                .filter(method -> !command.get(method).text().equals("null"))
                .toList();
        List<String> known = named.stream().filter(METHODS::containsKey).toList();
        return switch (known.size()) {
            case 0 -> new ApiRequest.Unknown(named.isEmpty() ? "" : named.getFirst());
            case 1 -> read(known.getFirst(), command.get(known.getFirst()).text());
            default -> new ApiRequest.Invalid("a command of a batch names one method");
        };
    }

    /** Gives the first field of the body that may not be ignored and is set, or an empty text. */
    private static String unsupportedField(String body) {
        try (JsonParser parser = Json.mapper().createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (NOT_IGNORED.contains(field) && !isZero(value, parser.getText())) {
                    return field;
                }
                parser.skipChildren();
            }
            return "";
        } catch (JsonProcessingException e) {
            throw new MalformedJson(e);
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory cannot fail", e);
        }
    }

    private static boolean isZero(JsonToken token, String text) {
        return switch (token) {
            case VALUE_NULL, VALUE_FALSE -> true;
            case VALUE_NUMBER_INT -> text.equals("0");
            case VALUE_STRING -> text.isEmpty();
            default -> false;
        };
    }

    record BatchBody(List<RawJson> commands, boolean parallel) {
        BatchBody {
            commands = commands == null ? List.of() : commands;
        }
    }

    /** A command's methods, each with its request. */
    static final class Command extends LinkedHashMap<String, RawJson> {

        private static final long serialVersionUID = 1L;
    }
}
