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

            @JsonProperty("locale_update") RawJson localeUpdate)
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
     * @param since the last device id of the page before; empty for the first page
     * @param limit how many to give; 0 for 100
     */
    record DeviceList(
            List<String> ids,
            List<String> users,
            List<String> providers,
            @JsonProperty("provider_tokens") List<ProviderTokens> providerTokens,
            List<String> platforms,
            String since,
            int limit,
            @JsonProperty("include_topics") boolean includeTopics,
            @JsonProperty("include_tags") boolean includeTags,
            @JsonProperty("include_meta") boolean includeMeta)
            implements PushRequest {
        public DeviceList {
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
     * @param templating how the notification depends on the device
     */
    record SendPushNotification(
            PushRecipient recipient,
            PushNotification notification,
            String uid,
            @JsonUnwrapped PushTemplating templating)
            implements PushRequest {
        public SendPushNotification {
            recipient = recipient == null ? PushRecipient.NOBODY : recipient;
            notification = notification == null ? PushNotification.NONE : notification;
            uid = Absent.text(uid);
            templating = templating == null ? PushTemplating.NONE : templating;
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
