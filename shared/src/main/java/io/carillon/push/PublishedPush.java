package io.carillon.push;

import io.carillon.channel.Published;
import io.carillon.config.ChannelOptions;
import io.carillon.config.PushRule;
import io.carillon.events.Position;
import io.carillon.events.Publication;
import io.carillon.events.PublicationPush;
import io.carillon.events.PushJob;
import io.carillon.events.PushNotification;
import io.carillon.events.RawJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what a publication says to those who are away: to the members of the channel, and to the users that the
 * publication names. Whether it also goes to users who are connected is the namespace's affair.
 *
 * <p>Safe for use by several threads.
 */
public final class PublishedPush {

    private static final Logger LOG = LoggerFactory.getLogger(PublishedPush.class);
    private static final int UID_BYTES = 16;
    private static final String RECIPIENTS = "push.recipients";

    /** The name counts among the bytes of a notification. */
    private static final String LONGEST_UID = new UUID(0, 0).toString();

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
        PushNotification named = push.notification().named(LONGEST_UID);
        if (isOver(named, options)) {
            throw PushRefused.badRequest("push.expire_at lies before the time at which it is sent, which is after the"
                    + " namespace's carillon.push_delay");
        }
        Wording.check(named, push.templating());
        PushApi.chunks(RECIPIENTS, push.recipients(), job(push, named)::toUsers);
    }

    private boolean isOver(PushNotification notification, ChannelOptions options) {
        return notification.expireAt() > 0
                && notification.expireAt()
                        <= clock.instant().plus(options.carillon().pushDelay()).getEpochSecond();
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
     * nobody twice; one that says something else than what stands reaches nobody. Who published is not told as a member.
     *
     * @param data what the call says
     * @param key the publication's idempotency key; may be empty
     * @return the uid of its notification; empty for the repeat of what nobody remembers, as without history
     */
    public String send(
            String channel,
            ChannelOptions options,
            PublicationPush push,
            Published published,
            RawJson data,
            String key) {
        String uid = uid(channel, published, key);
        published
                .saying(data)
                .ifPresent(standing -> send(
                        channel, options, push, job(push, push.notification().named(uid)), standing));
        return uid;
    }

    private void send(
            String channel, ChannelOptions options, PublicationPush push, PushJob plain, Publication standing) {
        PushJob job = plain;
        if (options.carillon().push() == PushRule.OFFLINE) {
            // Only a delay leaves time to come and go.
            job = options.carillon().pushDelay().isZero() ? job.onlyOffline() : job.notSeenSince(standing.time());
        }
        List<PushJob> jobs = new ArrayList<>();
        jobs.add(job.toChannel(channel, standing.info().user()));
        jobs.addAll(PushApi.chunks(RECIPIENTS, push.recipients(), job::toUsers));
        queue(jobs, options.carillon().pushDelay());
    }

    /** The publication stands, and without an idempotency key no repeat would find its push again. */
    private void queue(List<PushJob> jobs, Duration delay) {
        try {
            queue.send(jobs, delay);
        } catch (RuntimeException e) {
            LOG.warn("The push of a publication is queued once more", e);
            queue.send(jobs, delay);
        }
    }

    private static PushJob job(PublicationPush push, PushNotification notification) {
        return PushJob.of(notification, push.templating());
    }

    /** Names the push after its publication. */
    private static String uid(String channel, Published published, String key) {
        Position position = published.position();
        if (position.isPresent()) {
            return digest(channel + "\n" + position.epoch() + ":" + position.offset());
        }
        if (key.isEmpty()) {
            return UUID.randomUUID().toString();
        }
        // A key is forgotten long before its notification is, and may then be that of another publication.
        return published
                .standing()
                .map(standing -> digest(channel + "\n" + key + "\n" + standing.time()))
                .orElse("");
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
