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
 * @param except with {@code channel}: a member who does not get it; empty for none
 * @param filter a {@link PushRecipient.Filter} of the devices that get it; none for no such devices
 * @param since where the look-up goes on; empty at its start
 * @param sendAt when to send it, in seconds since 1970; 0 for at once
 * @param limitStrategy a {@link PushLimits}; none for no limits
 * @param offlineOnly whether users who are connected get nothing
 * @param publishedAt with {@code offlineOnly}: users who have connected since get nothing either, in milliseconds since
 *     1970; 0 if that does not matter
 */
public record PushJob(
        PushNotification notification,
        PushTemplating templating,
        List<String> deviceIds,
        List<String> users,
        String topic,
        String channel,
        String except,
        RawJson filter,
        String since,
        long sendAt,
        RawJson limitStrategy,
        boolean offlineOnly,
        long publishedAt) {

    public PushJob {
        notification = notification == null ? PushNotification.NONE : notification;
        templating = templating == null ? PushTemplating.NONE : templating;
        deviceIds = Absent.list(deviceIds);
        users = Absent.list(users);
        topic = Absent.text(topic);
        channel = Absent.text(channel);
        except = Absent.text(except);
        filter = Absent.json(filter);
        since = Absent.text(since);
        limitStrategy = Absent.json(limitStrategy);
    }

    /** Sends to nobody yet. */
    public static PushJob of(PushNotification notification, PushTemplating templating) {
        return new PushJob(
                notification,
                templating,
                List.of(),
                List.of(),
                "",
                "",
                "",
                RawJson.NONE,
                "",
                0,
                RawJson.NONE,
                false,
                0);
    }

    public PushJob toDevices(List<String> ids) {
        return to(ids, List.of(), "", "", "", RawJson.NONE);
    }

    public PushJob toUsers(List<String> names) {
        return to(List.of(), names, "", "", "", RawJson.NONE);
    }

    public PushJob toTopic(String name) {
        return to(List.of(), List.of(), name, "", "", RawJson.NONE);
    }

    /** Sends to the members of a channel but for one, who may be nobody. */
    public PushJob toChannel(String name, String butNot) {
        return to(List.of(), List.of(), "", name, butNot, RawJson.NONE);
    }

    public PushJob toFiltered(RawJson wanted) {
        return to(List.of(), List.of(), "", "", "", wanted);
    }

    private PushJob to(
            List<String> ids, List<String> names, String ofTopic, String ofChannel, String butNot, RawJson wanted) {
        return new PushJob(
                notification,
                templating,
                ids,
                names,
                ofTopic,
                ofChannel,
                butNot,
                wanted,
                "",
                sendAt,
                limitStrategy,
                offlineOnly,
                publishedAt);
    }

    /** The same, which leaves users alone that are connected. */
    public PushJob onlyOffline() {
        return with(since, sendAt, limitStrategy, true, publishedAt);
    }

    /** The same, which also leaves those alone that have connected since a time in milliseconds since 1970. */
    public PushJob notSeenSince(long time) {
        return with(since, sendAt, limitStrategy, true, time);
    }

    /** The same, from a later place of its look-up. */
    public PushJob from(String place) {
        return with(place, sendAt, limitStrategy, offlineOnly, publishedAt);
    }

    /** The same, not before a time in seconds since 1970. */
    public PushJob at(long time) {
        return with(since, time, limitStrategy, offlineOnly, publishedAt);
    }

    /** The same within {@link PushLimits}. */
    public PushJob within(RawJson limits) {
        return with(since, sendAt, limits, offlineOnly, publishedAt);
    }

    private PushJob with(String place, long time, RawJson limits, boolean offline, long published) {
        return new PushJob(
                notification,
                templating,
                deviceIds,
                users,
                topic,
                channel,
                except,
                filter,
                place,
                time,
                limits,
                offline,
                published);
    }

    public boolean isExpiredAt(Instant now) {
        return notification.expireAt() > 0 && notification.expireAt() <= now.getEpochSecond();
    }
}
