package io.carillon.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a backend asks about mobile push: devices, notifications, and who belongs to a channel while away.
 *
 * <p>Source: "Push notification API" of Centrifugo PRO's documentation, for everything that starts with {@code device}
 * and for {@code send_push_notification}. Carillon's own are {@code push_status}, {@code member_update} and
 * {@code member_list}, the provider {@code apns_sandbox}, and the recipients {@code users}.
 */
public sealed interface PushRequest extends ApiRequest.Push {

    /**
     * Registers a device, or replaces what is known of it.
     *
     * @param id the device's id; empty for a new one, or for the one that has this token
     * @param topics all topics of the device; what is not named is left
     */
    record DeviceRegister(
            String id,
            String provider,
            String token,
            String platform,
            String user,
            String locale,
            String timezone,
            List<String> topics,
            Map<String, String> tags,
            Map<String, String> meta)
            implements PushRequest {
        public DeviceRegister {
            id = Absent.text(id);
            provider = Absent.text(provider);
            token = Absent.text(token);
            platform = Absent.text(platform);
            user = Absent.text(user);
            locale = Absent.text(locale);
            timezone = Absent.text(timezone);
            topics = Absent.list(topics);
            tags = Absent.map(tags);
            meta = Absent.map(meta);
        }

        /** Shows no token: who has it may be notified in the user's place. */
        @Override
        public String toString() {
            return "DeviceRegister[id=" + id + ", provider=" + provider + ", token=" + Hidden.text(token)
                    + ", platform=" + platform + ", user=" + user + ", topics=" + topics + "]";
        }
    }

    /** Names tokens of one provider. */
    record ProviderTokens(String provider, List<String> tokens) {
        public ProviderTokens {
            provider = Absent.text(provider);
            tokens = Absent.list(tokens);
        }

        @Override
        public String toString() {
            return "ProviderTokens[provider=" + provider + ", tokens=" + tokens.size() + "]";
        }
    }

    /**
     * Changes the devices that are named; what has no update stays. The updates are read when they are asked for.
     */
    record DeviceUpdate(
            List<String> ids,
            List<String> users,
            @JsonProperty("provider_tokens") List<ProviderTokens> providerTokens,
            @JsonProperty("user_update") RawJson userUpdate,
            @JsonProperty("meta_update") RawJson metaUpdate,
            @JsonProperty("tags_update") RawJson tagsUpdate,
            @JsonProperty("topics_update") RawJson topicsUpdate,

            @JsonProperty("locale_update") RawJson localeUpdate,
            @JsonProperty("timezone_update") RawJson timezoneUpdate)
            implements PushRequest {
        public DeviceUpdate {
            ids = Absent.list(ids);
            users = Absent.list(users);
            providerTokens = Absent.list(providerTokens);
            userUpdate = Absent.json(userUpdate);
            metaUpdate = Absent.json(metaUpdate);
            tagsUpdate = Absent.json(tagsUpdate);
            topicsUpdate = Absent.json(topicsUpdate);
            localeUpdate = Absent.json(localeUpdate);
            timezoneUpdate = Absent.json(timezoneUpdate);
        }

        public Optional<UserUpdate> user() {
            return optional(userUpdate, UserUpdate.class);
        }

        public Optional<MetaUpdate> meta() {
            return optional(metaUpdate, MetaUpdate.class);
        }

        public Optional<TagsUpdate> tags() {
            return optional(tagsUpdate, TagsUpdate.class);
        }

        public Optional<TopicsUpdate> topics() {
            return optional(topicsUpdate, TopicsUpdate.class);
        }

        public Optional<LocaleUpdate> locale() {
            return optional(localeUpdate, LocaleUpdate.class);
        }

        public Optional<TimezoneUpdate> timezone() {
            return optional(timezoneUpdate, TimezoneUpdate.class);
        }

        private static <T> Optional<T> optional(RawJson update, Class<T> type) {
            return update.isEmpty() || update.text().equals("null")
                    ? Optional.empty()
                    : Optional.of(Json.read(update.text(), type));
        }
    }

    /** Gives the device to another user, or with an empty one to nobody. */
    record UserUpdate(String user) {
        public UserUpdate {
            user = Absent.text(user);
        }
    }

    /** Replaces the meta. */
    record MetaUpdate(Map<String, String> meta) {
        public MetaUpdate {
            meta = Absent.map(meta);
        }
    }

    /** Replaces the tags. */
    record TagsUpdate(Map<String, String> tags) {
        public TagsUpdate {
            tags = Absent.map(tags);
        }
    }

    /**
     * Changes the topics.
     *
     * @param op {@code set}, which is what an empty one means, {@code add} or {@code remove}
     */
    record TopicsUpdate(String op, List<String> topics) {
        public TopicsUpdate {
            op = Absent.text(op);
            topics = Absent.list(topics);
        }
    }

    /** Replaces the locale. */
    record LocaleUpdate(String locale) {
        public LocaleUpdate {
            locale = Absent.text(locale);
        }
    }

    /** Replaces the time zone. */
    record TimezoneUpdate(String timezone) {
        public TimezoneUpdate {
            timezone = Absent.text(timezone);
        }
    }

    /** Forgets the devices that are named. */
    record DeviceRemove(
            List<String> ids,
            List<String> users,
            @JsonProperty("provider_tokens") List<ProviderTokens> providerTokens) implements PushRequest {
        public DeviceRemove {
            ids = Absent.list(ids);
            users = Absent.list(users);
            providerTokens = Absent.list(providerTokens);
        }
    }

    /**
     * Lists devices that pass every filter; an empty filter lets all pass.
     *
     * @param filter a {@link PushRecipient.Filter}, as newer versions of Centrifugo PRO have it in place of the lists
     * @param since the last device id of the page before; empty for the first page
     * @param cursor the same, as newer versions of Centrifugo PRO name it
     * @param limit how many to give; 0 for 100
     */
    record DeviceList(
            RawJson filter,
            List<String> ids,
            List<String> users,
            List<String> providers,
            @JsonProperty("provider_tokens") List<ProviderTokens> providerTokens,
            List<String> platforms,
            String since,
            String cursor,
            int limit,
            @JsonProperty("include_topics") boolean includeTopics,
            @JsonProperty("include_tags") boolean includeTags,
            @JsonProperty("include_meta") boolean includeMeta)
            implements PushRequest {
        public DeviceList {
            filter = Absent.json(filter);
            cursor = Absent.text(cursor);
            ids = Absent.list(ids);
            users = Absent.list(users);
            providers = Absent.list(providers);
            providerTokens = Absent.list(providerTokens);
            platforms = Absent.list(platforms);
            since = Absent.text(since);
        }
    }

    /**
     * Sends a notification; the same {@code uid} again reaches nobody twice.
     *
     * @param uid the notification's, which may also have it itself
     * @param analyticsUid names it to {@code update_push_status}; the same as {@code uid}, or empty
     * @param sendAt when to send it, in seconds since 1970; 0 for at once
     * @param limitStrategy a {@link PushLimits}: how often and at what time of the day; none for no limits
     * @param templating how the notification depends on the device
     */
    record SendPushNotification(
            PushRecipient recipient,
            PushNotification notification,
            String uid,
            @JsonProperty("analytics_uid") String analyticsUid,
            @JsonProperty("send_at") long sendAt,
            @JsonProperty("limit_strategy") RawJson limitStrategy,
            @JsonUnwrapped PushTemplating templating)
            implements PushRequest {
        public SendPushNotification {
            recipient = recipient == null ? PushRecipient.NOBODY : recipient;
            notification = notification == null ? PushNotification.NONE : notification;
            uid = Absent.text(uid);
            analyticsUid = Absent.text(analyticsUid);
            limitStrategy = Absent.json(limitStrategy);
            templating = templating == null ? PushTemplating.NONE : templating;
        }
    }

    /** Takes back a notification that has not been sent yet. */
    record CancelPush(String uid) implements PushRequest {
        public CancelPush {
            uid = Absent.text(uid);
        }
    }

    /**
     * Notes what an app says of a notification that reached it.
     *
     * @param analyticsUid the notification's {@code uid}
     * @param status {@code delivered} or {@code interacted}
     * @param msgId the provider's name for the message; may be empty
     */
    record UpdatePushStatus(
            @JsonProperty("analytics_uid") String analyticsUid,
            String status,
            @JsonProperty("device_id") String deviceId,
            @JsonProperty("msg_id") String msgId)
            implements PushRequest {
        public UpdatePushStatus {
            analyticsUid = Absent.text(analyticsUid);
            status = Absent.text(status);
            deviceId = Absent.text(deviceId);
            msgId = Absent.text(msgId);
        }
    }

    /**
     * Asks what became of a notification, device by device.
     *
     * @param since the last recipient of the page before; empty for the first page
     * @param limit how many to give; 0 for 100
     */
    record PushStatus(String uid, String since, int limit) implements PushRequest {
        public PushStatus {
            uid = Absent.text(uid);
            since = Absent.text(since);
        }
    }

    /**
     * Changes the topics of one device.
     *
     * @param op {@code set}, {@code add} or {@code remove}
     * @param user whose the device must be; empty for anybody's
     */
    record DeviceTopicUpdate(@JsonProperty("device_id") String deviceId, String op, List<String> topics, String user)
            implements PushRequest {
        public DeviceTopicUpdate {
            deviceId = Absent.text(deviceId);
            op = Absent.text(op);
            topics = Absent.list(topics);
            user = Absent.text(user);
        }
    }

    /**
     * Lists which device has which topic.
     *
     * @param filter a {@link DeviceTopicFilter}
     * @param cursor the last device id of the page before; empty for the first page
     * @param limit how many devices to look at; 0 for 100
     */
    record DeviceTopicList(RawJson filter, String cursor, int limit) implements PushRequest {
        public DeviceTopicList {
            filter = Absent.json(filter);
            cursor = Absent.text(cursor);
        }
    }

    /** Lets topics of devices pass that fit all that is given. */
    record DeviceTopicFilter(
            @JsonProperty("device_ids") List<String> deviceIds,
            @JsonProperty("device_providers") List<String> deviceProviders,
            @JsonProperty("device_platforms") List<String> devicePlatforms,
            @JsonProperty("device_users") List<String> deviceUsers,
            List<String> topics,
            @JsonProperty("topic_prefix") String topicPrefix) {
        public DeviceTopicFilter {
            deviceIds = Absent.list(deviceIds);
            deviceProviders = Absent.list(deviceProviders);
            devicePlatforms = Absent.list(devicePlatforms);
            deviceUsers = Absent.list(deviceUsers);
            topics = Absent.list(topics);
            topicPrefix = Absent.text(topicPrefix);
        }
    }

    /**
     * Changes the topics that all devices of a user get.
     *
     * @param user an empty one is everybody
     * @param op {@code set}, {@code add} or {@code remove}
     */
    record UserTopicUpdate(String user, String op, List<String> topics) implements PushRequest {
        public UserTopicUpdate {
            user = Absent.text(user);
            op = Absent.text(op);
            topics = Absent.list(topics);
        }
    }

    /**
     * Lists which user has which topic.
     *
     * @param filter a {@link UserTopicFilter}
     * @param cursor the last id of the page before; empty for the first page
     * @param limit how many to give; 0 for 100
     */
    record UserTopicList(RawJson filter, String cursor, int limit) implements PushRequest {
        public UserTopicList {
            filter = Absent.json(filter);
            cursor = Absent.text(cursor);
        }
    }

    /** Lets topics of users pass that fit all that is given. */
    record UserTopicFilter(
            List<String> users,
            List<String> topics,
            @JsonProperty("topic_prefix") String topicPrefix) {
        public UserTopicFilter {
            users = Absent.list(users);
            topics = Absent.list(topics);
            topicPrefix = Absent.text(topicPrefix);
        }
    }

    /**
     * Says who belongs to a channel, connected or not.
     *
     * @param op {@code add} or {@code remove}
     */
    record MemberUpdate(String channel, String op, List<String> users) implements PushRequest {
        public MemberUpdate {
            channel = Absent.text(channel);
            op = Absent.text(op);
            users = Absent.list(users);
        }
    }

    /** Lists who belongs to a channel. */
    record MemberList(String channel, String since, int limit) implements PushRequest {
        public MemberList {
            channel = Absent.text(channel);
            since = Absent.text(since);
        }
    }
}
