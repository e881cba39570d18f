package io.carillon.events.golden;

import io.carillon.events.ApiError;
import io.carillon.events.ApiReply;
import io.carillon.events.ApiResult;
import io.carillon.events.ProtocolError;
import io.carillon.events.PushResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One reply of everything that the server API answers, by the name of its golden file. */
final class ApiExamples {

    private static final ApiResult PUBLISHED = new ApiResult.Publish(42, "Kx7q");

    private ApiExamples() {}

    static Map<String, ApiReply> replies() {
        Map<String, ApiReply> all = new LinkedHashMap<>();
        results().forEach((name, result) -> all.put(name, ApiReply.of(result)));
        all.put("error", ApiReply.of(ApiError.UNKNOWN_CHANNEL));
        all.put("error-remedy", ApiReply.of(ApiError.badRequest("channel is empty; name one")));
        return all;
    }

    static Map<String, ApiResult> results() {
        Map<String, ApiResult> all = new LinkedHashMap<>();
        all.put("publish", PUBLISHED);
        all.put("publish-push", new ApiResult.Publish(42, "Kx7q", "5f0c"));
        all.put("publish-no-history", new ApiResult.Publish(0, ""));
        all.put(
                "broadcast",
                new ApiResult.Broadcast(List.of(
                        ApiReply.of(PUBLISHED),
                        ApiReply.of(ApiError.UNKNOWN_CHANNEL),
                        ApiReply.of(new ApiResult.Publish(0, "")))));
        all.put("subscribe", new ApiResult.Subscribe());
        all.put("unsubscribe", new ApiResult.Unsubscribe());
        all.put("disconnect", new ApiResult.Disconnect());
        all.put("refresh", new ApiResult.Refresh());
        all.put("block_user", new ApiResult.BlockUser());
        all.put("unblock_user", new ApiResult.UnblockUser());
        all.put("revoke_token", new ApiResult.RevokeToken());
        all.put("invalidate_user_tokens", new ApiResult.InvalidateUserTokens());
        all.put("presence", new ApiResult.Presence(Map.of("2f6a-client", Examples.ALICE)));
        all.put("presence-nobody", new ApiResult.Presence(Map.of()));
        all.put("presence_stats", new ApiResult.PresenceStats(3, 2));
        all.put("presence_stats-nobody", new ApiResult.PresenceStats(0, 0));
        all.put("history", new ApiResult.History(List.of(Examples.BY_BACKEND, Examples.BY_ALICE), "Kx7q", 42));
        all.put("history-empty", new ApiResult.History(List.of(), "", 0));
        all.put("history_remove", new ApiResult.HistoryRemove());
        all.put("channels", new ApiResult.Channels(Map.of("chat:room1", new ApiResult.ChannelInfo(3))));
        all.put("channels-none", new ApiResult.Channels(Map.of()));
        all.put("info", new ApiResult.Info(List.of(new ApiResult.Node("u-1", "carillon", "0.1.0", 3, 2, 1, 60, 4))));
        all.put("info-idle", new ApiResult.Info(List.of(new ApiResult.Node("", "", "", 0, 0, 0, 0, 0))));
        push(all);
        all.put("batch", batch());
        all.put("batch-empty", new ApiResult.Batch(List.of()));
        return all;
    }

    private static void push(Map<String, ApiResult> all) {
        all.put("device_register", new PushResult.DeviceRegister("d-1"));
        all.put("device_update", new PushResult.DeviceUpdate());
        all.put("device_remove", new PushResult.DeviceRemove());
        all.put(
                "device_list",
                new PushResult.DeviceList(
                        List.of(new PushResult.DeviceInfo(
                                "d-1",
                                "fcm",
                                "t-1",
                                "android",
                                "alice",
                                "de-CH",
                                "Europe/Zurich",
                                List.of("news"),
                                Map.of("app", "2"),
                                Map.of("model", "x"))),
                        true,
                        "d-1"));
        all.put("device_list-none", new PushResult.DeviceList(List.of(), false, ""));
        all.put("device_topic_update", new PushResult.DeviceTopicUpdate());
        all.put(
                "device_topic_list",
                new PushResult.DeviceTopicList(List.of(new PushResult.DeviceTopic("d-1/news", "d-1", "news")), "d-1"));
        all.put("user_topic_update", new PushResult.UserTopicUpdate());
        all.put(
                "user_topic_list",
                new PushResult.UserTopicList(List.of(new PushResult.UserTopic("alice/news", "alice", "news")), ""));
        all.put("cancel_push", new PushResult.CancelPush());
        all.put("update_push_status", new PushResult.UpdatePushStatus());
        all.put("send_push_notification", new PushResult.SendPushNotification("n-1"));
        all.put(
                "push_status",
                new PushResult.PushStatus(List.of(new PushResult.Delivery("d-1", "sent", "m-1")), false));
        all.put("member_update", new PushResult.MemberUpdate());
        all.put("member_list", new PushResult.MemberList(List.of("alice", "bob"), false));
    }

    private static ApiResult.Batch batch() {
        return new ApiResult.Batch(List.of(
                ApiReply.of(PUBLISHED),
                ApiReply.of(ApiError.of(ProtocolError.METHOD_NOT_FOUND)),
                ApiReply.of(new ApiResult.Broadcast(List.of(ApiReply.of(ApiError.BAD_REQUEST)))),
                ApiReply.of(new ApiResult.Subscribe()),
                ApiReply.of(new ApiResult.Unsubscribe()),
                ApiReply.of(new ApiResult.Disconnect()),
                ApiReply.of(new ApiResult.Refresh()),
                ApiReply.of(new ApiResult.Presence(Map.of())),
                ApiReply.of(new ApiResult.PresenceStats(0, 0)),
                ApiReply.of(new ApiResult.History(List.of(), "Kx7q", 0)),
                ApiReply.of(new ApiResult.HistoryRemove()),
                ApiReply.of(new ApiResult.Channels(Map.of())),
                ApiReply.of(new ApiResult.Info(List.of()))));
    }
}
