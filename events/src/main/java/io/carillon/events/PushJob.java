package io.carillon.events;

import java.time.Instant;
import java.util.List;

/**
 * A message of the queue {@code push}: one notification for a few recipients, or for as many as are still to be looked
 * up.
 *
 * @param notification what to send; its {@code uid} makes repeats vanish
 * @param templating how it depends on the device
 * @param deviceIds devices that get it
 * @param users users whose devices get it
 * @param topic a topic whose devices get it; empty for none
 * @param channel a channel whose members get it; empty for none
 * @param filter a {@link PushRecipient.Filter} of the devices that get it; none for no such devices
 * @param since where the look-up goes on; empty at its start
 * @param offlineOnly whether users who are connected get nothing
 */
public record PushJob(
        PushNotification notification,
        PushTemplating templating,
        List<String> deviceIds,
        List<String> users,
        String topic,
        String channel,
        RawJson filter,
        String since,
        boolean offlineOnly) {

    public PushJob {
        notification = notification == null ? PushNotification.NONE : notification;
        templating = templating == null ? PushTemplating.NONE : templating;
        deviceIds = Absent.list(deviceIds);
        users = Absent.list(users);
        topic = Absent.text(topic);
        channel = Absent.text(channel);
        filter = Absent.json(filter);
        since = Absent.text(since);
    }

    /** Sends to nobody yet. */
    public static PushJob of(PushNotification notification, PushTemplating templating) {
        return new PushJob(notification, templating, List.of(), List.of(), "", "", RawJson.NONE, "", false);
    }

    public PushJob toDevices(List<String> ids) {
        return new PushJob(notification, templating, ids, List.of(), "", "", RawJson.NONE, "", offlineOnly);
    }

    public PushJob toUsers(List<String> names) {
        return new PushJob(notification, templating, List.of(), names, "", "", RawJson.NONE, "", offlineOnly);
    }

    public PushJob toTopic(String name) {
        return new PushJob(notification, templating, List.of(), List.of(), name, "", RawJson.NONE, "", offlineOnly);
    }

    public PushJob toChannel(String name) {
        return new PushJob(notification, templating, List.of(), List.of(), "", name, RawJson.NONE, "", offlineOnly);
    }

    public PushJob toFiltered(RawJson wanted) {
        return new PushJob(notification, templating, List.of(), List.of(), "", "", wanted, "", offlineOnly);
    }

    /** The same, which leaves users alone that are connected. */
    public PushJob onlyOffline() {
        return new PushJob(notification, templating, deviceIds, users, topic, channel, filter, since, true);
    }

    /** The same, from a later place of its look-up. */
    public PushJob from(String place) {
        return new PushJob(notification, templating, deviceIds, users, topic, channel, filter, place, offlineOnly);
    }

    public boolean isExpiredAt(Instant now) {
        return notification.expireAt() > 0 && notification.expireAt() <= now.getEpochSecond();
    }
}
