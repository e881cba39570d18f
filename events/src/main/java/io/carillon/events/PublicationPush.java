package io.carillon.events;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * What a publication says to those who are away.
 *
 * @param recipients users who get it beside the members of the channel
 * @param notification what they get
 * @param templating how that depends on the device
 */
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
}
