package io.carillon.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Says who gets a notification: exactly one of the fields.
 *
 * @param filter a {@link Filter}: devices that pass it
 * @param deviceIds devices by id
 * @param topics every device of these topics
 * @param users every device of these users
 */
public record PushRecipient(
        RawJson filter, @JsonProperty("device_ids") List<String> deviceIds, List<String> topics, List<String> users) {

    /** Names nobody. */
    public static final PushRecipient NOBODY = new PushRecipient(RawJson.NONE, List.of(), List.of(), List.of());

    public PushRecipient {
        filter = Absent.json(filter);
        deviceIds = Absent.list(deviceIds);
        topics = Absent.list(topics);
        users = Absent.list(users);
    }

    /** Lets devices pass that fit all of its lists that are not empty. */
    public record Filter(
            List<String> ids, List<String> users, List<String> topics, List<String> providers, List<String> platforms) {

        /** Lets every device pass. */
        public static final Filter ALL = new Filter(List.of(), List.of(), List.of(), List.of(), List.of());

        public Filter {
            ids = Absent.list(ids);
            users = Absent.list(users);
            topics = Absent.list(topics);
            providers = Absent.list(providers);
            platforms = Absent.list(platforms);
        }
    }

    /** Counts the fields that are given, of which there must be one. */
    public int fields() {
        return (filter.isPresent() ? 1 : 0)
                + (deviceIds.isEmpty() ? 0 : 1)
                + (topics.isEmpty() ? 0 : 1)
                + (users.isEmpty() ? 0 : 1);
    }
}
