package io.carillon.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/** What a successful {@link PushRequest} gives, named after its method. */
public sealed interface PushResult extends ApiResult.Push {

    /** Answers {@code device_register}. */
    record DeviceRegister(@JsonInclude(Include.ALWAYS) String id) implements PushResult {}

    /** Answers {@code device_update}. */
    record DeviceUpdate() implements PushResult {}

    /** Answers {@code device_remove}. */
    record DeviceRemove() implements PushResult {}

    /** Answers {@code device_list}. */
    record DeviceList(
            @JsonInclude(Include.ALWAYS) List<DeviceInfo> items,

            @JsonInclude(Include.ALWAYS) @JsonProperty("has_more")
            boolean hasMore,

            @JsonProperty("next_cursor") String nextCursor)
            implements PushResult {
        public DeviceList {
            items = Absent.list(items);
        }
    }

    /** Describes a device. */
    record DeviceInfo(
            String id,
            String provider,
            String token,
            String platform,
            String user,
            String locale,
            String timezone,
            List<String> topics,
            Map<String, String> tags,
            Map<String, String> meta) {}

    /** Answers {@code device_topic_update}. */
    record DeviceTopicUpdate() implements PushResult {}

    /** Answers {@code device_topic_list}. */
    record DeviceTopicList(
            @JsonInclude(Include.ALWAYS) List<DeviceTopic> items,
            @JsonProperty("next_cursor") String nextCursor) implements PushResult {
        public DeviceTopicList {
            items = Absent.list(items);
        }
    }

    /** Says that a device has a topic. */
    record DeviceTopic(String id, @JsonProperty("device_id") String deviceId, String topic) {}

    /** Answers {@code user_topic_update}. */
    record UserTopicUpdate() implements PushResult {}

    /** Answers {@code user_topic_list}. */
    record UserTopicList(
            @JsonInclude(Include.ALWAYS) List<UserTopic> items,
            @JsonProperty("next_cursor") String nextCursor) implements PushResult {
        public UserTopicList {
            items = Absent.list(items);
        }
    }

    /** Says that a user has a topic. */
    record UserTopic(String id, String user, String topic) {}

    /** Answers {@code cancel_push}. */
    record CancelPush() implements PushResult {}

    /** Answers {@code update_push_status}. */
    record UpdatePushStatus() implements PushResult {}

    /** Answers {@code send_push_notification}, when the notification is in the queue. */
    record SendPushNotification(@JsonInclude(Include.ALWAYS) String uid) implements PushResult {}

    /** Answers {@code push_status}. */
    record PushStatus(
            @JsonInclude(Include.ALWAYS) List<Delivery> items,

            @JsonInclude(Include.ALWAYS) @JsonProperty("has_more")
            boolean hasMore)
            implements PushResult {
        public PushStatus {
            items = Absent.list(items);
        }
    }

    /**
     * Says what became of a notification for one recipient.
     *
     * @param recipient a device's id, {@code user:} and a user who was connected or has no device, or {@code *}
     * @param status such as {@code sent}
     * @param detail the platform's reason, or SNS's message id
     */
    record Delivery(String recipient, String status, String detail) {}

    /** Answers {@code member_update}. */
    record MemberUpdate() implements PushResult {}

    /** Answers {@code member_list}. */
    record MemberList(
            @JsonInclude(Include.ALWAYS) List<String> users,

            @JsonInclude(Include.ALWAYS) @JsonProperty("has_more")
            boolean hasMore)
            implements PushResult {
        public MemberList {
            users = Absent.list(users);
        }
    }
}
