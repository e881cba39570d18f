package io.carillon.events;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;

/** Writes a reply as a batch holds it: under the name of its method, rather than as a {@code result}. */
final class BatchReplySerializer extends StdSerializer<ApiReply> {

    private static final long serialVersionUID = 1L;

    BatchReplySerializer() {
        super(ApiReply.class);
    }

    @Override
    public void serialize(ApiReply reply, JsonGenerator generator, SerializerProvider provider) throws IOException {
        generator.writeStartObject();
        switch (reply) {
            case ApiReply.Done(ApiResult result) -> provider.defaultSerializeField(nameOf(result), result, generator);
            case ApiReply.Refused(ApiError error) -> provider.defaultSerializeField("error", error, generator);
        }
        generator.writeEndObject();
    }

    private static String nameOf(ApiResult result) {
        return switch (result) {
            case ApiResult.Publish r -> "publish";
            case ApiResult.Broadcast r -> "broadcast";
            case ApiResult.Subscribe r -> "subscribe";
            case ApiResult.Unsubscribe r -> "unsubscribe";
            case ApiResult.Disconnect r -> "disconnect";
            case ApiResult.Refresh r -> "refresh";
            case ApiResult.BlockUser r -> "block_user";
            case ApiResult.UnblockUser r -> "unblock_user";
            case ApiResult.RevokeToken r -> "revoke_token";
            case ApiResult.InvalidateUserTokens r -> "invalidate_user_tokens";
            case ApiResult.Presence r -> "presence";
            case ApiResult.PresenceStats r -> "presence_stats";
            case ApiResult.History r -> "history";
            case ApiResult.HistoryRemove r -> "history_remove";
            case ApiResult.Channels r -> "channels";
            case ApiResult.Info r -> "info";
            case ApiResult.Batch r -> "batch";
            case PushResult.DeviceRegister r -> "device_register";
            case PushResult.DeviceUpdate r -> "device_update";
            case PushResult.DeviceRemove r -> "device_remove";
            case PushResult.DeviceList r -> "device_list";
            case PushResult.DeviceTopicUpdate r -> "device_topic_update";
            case PushResult.DeviceTopicList r -> "device_topic_list";
            case PushResult.UserTopicUpdate r -> "user_topic_update";
            case PushResult.UserTopicList r -> "user_topic_list";
            case PushResult.CancelPush r -> "cancel_push";
            case PushResult.UpdatePushStatus r -> "update_push_status";
            case PushResult.SendPushNotification r -> "send_push_notification";
            case PushResult.PushStatus r -> "push_status";
            case PushResult.MemberUpdate r -> "member_update";
            case PushResult.MemberList r -> "member_list";
        };
    }
}
