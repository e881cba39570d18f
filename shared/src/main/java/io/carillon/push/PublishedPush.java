package io.carillon.push;

import io.carillon.config.ChannelOptions;
import io.carillon.config.PushRule;
import io.carillon.events.Position;
import io.carillon.events.PublicationPush;
import io.carillon.events.PushJob;
import io.carillon.events.PushNotification;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * Sends what a publication says to those who are away: to the members of the channel, and to the users that the
 * publication names. Whether it also goes to users who are connected is the namespace's affair.
 *
 * <p>Safe for use by several threads.
 */
public final class PublishedPush {

    private static final int UID_BYTES = 16;

    private final PushQueue queue;
    private final InstantSource clock;

    public PublishedPush(PushQueue queue, InstantSource clock) {
        this.queue = queue;
        this.clock = clock;
    }

    /**
     * Refuses what could not be sent, before anything is published.
     *
     * @throws PushRefused 107 if the namespace has no push, or the notification is wrong; 106 if it is too large
     */
    public void check(ChannelOptions options, PublicationPush push) {
        if (options.carillon().push() == PushRule.NEVER) {
            throw PushRefused.badRequest("the publication has a push, and its namespace says carillon.push \"never\":"
                    + " set it to \"always\" or \"offline\"");
        }
        if (!push.notification().uid().isEmpty()) {
            throw PushRefused.badRequest("push.uid is given by the publication: leave it out");
        }
        Wording.check(push.notification(), push.templating());
        PushApi.chunks("push.recipients", push.recipients(), job(push, push.notification())::toUsers);
    }

    /**
     * Refuses members that no publication would ever tell.
     *
     * @throws PushRefused 107 if the namespace has no push
     */
    public void checkMembers(ChannelOptions options) {
        if (options.carillon().push() == PushRule.NEVER) {
            throw PushRefused.badRequest("the channel's namespace says carillon.push \"never\", so that its members are"
                    + " told nothing: set it to \"always\" or \"offline\"");
        }
    }

    /**
     * Puts the push of a publication into the queue. A repeat of the publication has the same name, and so reaches
     * nobody twice.
     *
     * @param position where the publication stands; {@link Position#NONE} without history
     * @param key the publication's idempotency key; may be empty
     * @param author who published, and is not told as a member; empty for nobody
     * @return the uid of its notification
     */
    public String send(
            String channel,
            ChannelOptions options,
            PublicationPush push,
            Position position,
            String key,
            String author) {
        PushNotification notification = push.notification().named(uid(channel, position, key));
        PushJob job = job(push, notification);
        if (options.carillon().push() == PushRule.OFFLINE) {
            // Only a delay leaves time to come and go.
            job = options.carillon().pushDelay().isZero() ? job.onlyOffline() : job.notSeenSince(clock.millis());
        }
        List<PushJob> jobs = new ArrayList<>();
        jobs.add(job.toChannel(channel, author));
        jobs.addAll(PushApi.chunks("push.recipients", push.recipients(), job::toUsers));
        queue.send(jobs, options.carillon().pushDelay());
        return notification.uid();
    }

    private static PushJob job(PublicationPush push, PushNotification notification) {
        return PushJob.of(notification, push.templating());
    }

    /** Names the push after its publication. */
    private static String uid(String channel, Position position, String key) {
        if (position.isPresent()) {
            return digest(channel + "\n" + position.epoch() + ":" + position.offset());
        }
        return key.isEmpty() ? UUID.randomUUID().toString() : digest(channel + "\n" + key);
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, UID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
