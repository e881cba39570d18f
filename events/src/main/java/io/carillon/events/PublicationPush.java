package io.carillon.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.util.StdConverter;
import java.util.List;
import java.util.Map;

/**
 * What a publication says to those who are away.
 *
 * @param recipients users who get it beside the members of the channel
 * @param notification what they get
 * @param templating how that depends on the device
 */
@JsonDeserialize(converter = PublicationPush.Reading.class)
public record PublicationPush(
        List<String> recipients,
        @JsonUnwrapped PushNotification notification,
        @JsonUnwrapped PushTemplating templating) {

    /** Says nothing to anybody. */
    public static final PublicationPush NONE =
            new PublicationPush(List.of(), PushNotification.NONE, PushTemplating.NONE);

    public PublicationPush {
        recipients = Absent.list(recipients);
        notification = notification == null ? PushNotification.NONE : notification;
        templating = templating == null ? PushTemplating.NONE : templating;
    }

    /** Whether there is something to say. */
    public boolean isPresent() {
        return !equals(NONE);
    }

    /** The members as they stand side by side: what Jackson unwraps it copies first, and {@link RawJson} needs the text. */
    record Fields(
            List<String> recipients,
            String uid,
            @JsonProperty("expire_at") long expireAt,
            String title,
            String body,
            Map<String, String> data,
            @JsonProperty("collapse_key") String collapseKey,
            long ttl,
            PushNotification.Fcm fcm,
            PushNotification.Apns apns,
            Map<String, PushTemplating.Localization> localizations,
            @JsonProperty("use_templating") boolean useTemplating,
            @JsonProperty("use_meta") boolean useMeta) {}

    /** Puts them together. */
    static final class Reading extends StdConverter<Fields, PublicationPush> {

        @Override
        public PublicationPush convert(Fields fields) {
            return new PublicationPush(
                    fields.recipients(),
                    new PushNotification(
                            fields.uid(),
                            fields.expireAt(),
                            fields.title(),
                            fields.body(),
                            fields.data(),
                            fields.collapseKey(),
                            fields.ttl(),
                            fields.fcm(),
                            fields.apns()),
                    new PushTemplating(fields.localizations(), fields.useTemplating(), fields.useMeta()));
        }
    }
}
