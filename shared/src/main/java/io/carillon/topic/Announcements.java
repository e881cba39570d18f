package io.carillon.topic;

import io.carillon.config.Channels;
import io.carillon.config.Config;
import io.carillon.config.EventKind;
import io.carillon.config.RefusedChannel;
import io.carillon.config.ResolvedChannel;
import io.carillon.connection.Connection;
import io.carillon.delivery.Mailboxes;
import io.carillon.delivery.Mailboxes.Letter;
import io.carillon.events.ClientInfo;
import io.carillon.events.CloudEvent;
import io.carillon.events.EventData;
import io.carillon.events.Mail;
import io.carillon.events.Position;
import io.carillon.events.Publication;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Words the events that namespaces and clients' configuration ask for. What nobody asks for costs nothing.
 *
 * <p>Safe for use by several threads.
 */
public final class Announcements {

    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

    private final EventTopic topic;
    private final Mailboxes mailboxes;
    private final Optional<Channels> channels;
    private final Set<EventKind> ofClients;
    private final InstantSource clock;

    /**
     * Words what a configuration asks for.
     *
     * @param mailboxes keep what the topic does not take
     */
    public Announcements(EventTopic topic, Mailboxes mailboxes, Config config, InstantSource clock) {
        this.topic = topic;
        this.mailboxes = mailboxes;
        this.channels = Optional.of(new Channels(config));
        this.ofClients = EventKind.all(config.carillon().events());
        this.clock = clock;
    }

    private Announcements() {
        this.topic = EventTopic.NONE;
        this.mailboxes = letters -> {};
        this.channels = Optional.empty();
        this.ofClients = Set.of();
        this.clock = InstantSource.system();
    }

    /** Tells nobody of anything. */
    public static Announcements none() {
        return new Announcements();
    }

    /** Finds the namespace of a channel, if it asks for events of a kind. */
    private Optional<String> asked(String channel, EventKind kind) {
        return channels.flatMap(all -> switch (all.resolve(channel)) {
            case ResolvedChannel resolved ->
                EventKind.all(resolved.options().carillon().events()).contains(kind)
                        ? Optional.of(resolved.namespace())
                        : Optional.empty();
            case RefusedChannel refused -> Optional.empty();
        });
    }

    /** Says whether anybody is told of publications in a channel. */
    public boolean tellsOfPublications(String channel) {
        return asked(channel, EventKind.PUBLICATION).isPresent();
    }

    /** Words that something was published; empty if the namespace does not ask. */
    public Optional<CloudEvent> publication(String channel, Position position, Publication publication) {
        return asked(channel, EventKind.PUBLICATION).map(namespace -> {
            String id = position.isPresent()
                    ? id("publication", channel, position.epoch(), position.offset())
                    : UUID.randomUUID().toString();
            EventData data = new EventData.Publication(
                    channel,
                    namespace,
                    position.epoch(),
                    position.offset(),
                    publication.data(),
                    publication.info(),
                    publication.tags());
            return CloudEvent.of(id, Instant.ofEpochMilli(publication.time()), data);
        });
    }

    /** Words that a subscriber came; empty if the namespace does not ask. */
    public Optional<CloudEvent> join(String channel, ClientInfo info, String connection, long revision) {
        return event(
                channel,
                EventKind.JOIN,
                id("join", channel, connection, revision),
                namespace -> new EventData.Join(channel, namespace, info));
    }

    /** Words that a subscriber went; empty if the namespace does not ask. */
    public Optional<CloudEvent> leave(String channel, ClientInfo info, String connection, long revision) {
        return event(
                channel,
                EventKind.LEAVE,
                id("leave", channel, connection, revision),
                namespace -> new EventData.Leave(channel, namespace, info));
    }

    /** Words that a channel has its first subscriber; empty if the namespace does not ask. */
    public Optional<CloudEvent> occupied(String channel, String connection, long revision) {
        return event(
                channel,
                EventKind.OCCUPIED,
                id("occupied", channel, connection, revision),
                namespace -> new EventData.Occupied(channel, namespace));
    }

    /** Words that a channel has lost its last subscriber; empty if the namespace does not ask. */
    public Optional<CloudEvent> vacated(String channel, String epoch, long version) {
        return event(
                channel,
                EventKind.VACATED,
                id("vacated", channel, epoch, version),
                namespace -> new EventData.Vacated(channel, namespace));
    }

    private interface Wording {

        EventData of(String namespace);
    }

    private Optional<CloudEvent> event(String channel, EventKind kind, String id, Wording wording) {
        return asked(channel, kind).map(namespace -> CloudEvent.of(id, clock.instant(), wording.of(namespace)));
    }

    /** The same parts give the same id, so that whatever is sent again can be told. */
    private static String id(String what, String channel, String of, long number) {
        return what + ":" + channel + ":" + of + ":" + number;
    }

    /**
     * Sends what was worded. What the topic does not take goes to the mailboxes of events, whose mail comes again until it
     * does: neither clients nor publishers wait for a topic that is down.
     *
     * @throws RuntimeException if the mailboxes do not take it either
     */
    public void send(List<CloudEvent> events) {
        try {
            tell(events);
        } catch (RuntimeException e) {
            LOG.warn("The topic did not take {} events: they are sent again", events.size(), e);
            mailboxes.send(events.stream()
                    .map(event -> new Letter(Mail.Event.of(event), event.id()))
                    .toList());
        }
    }

    /**
     * Sends what was worded, or fails.
     *
     * @throws RuntimeException if the topic does not take it
     */
    public void tell(List<CloudEvent> events) {
        if (!events.isEmpty()) {
            topic.send(events);
        }
    }

    /** Tells that a client is connected. */
    public void connected(Connection who) {
        if (ofClients.contains(EventKind.CONNECTED)) {
            send(List.of(ofClient("connected", who, new EventData.Connected(who.user(), who.client()))));
        }
    }

    /** Tells that connections are over, those that ever were any. */
    public void disconnected(Collection<Connection> gone) {
        if (ofClients.contains(EventKind.DISCONNECTED)) {
            send(gone.stream()
                    .filter(Connection::established)
                    .map(who -> ofClient("disconnected", who, new EventData.Disconnected(who.user(), who.client())))
                    .toList());
        }
    }

    private CloudEvent ofClient(String what, Connection who, EventData data) {
        return CloudEvent.of(what + ":" + who.client(), clock.instant(), data);
    }

    /**
     * Tells that a provider no longer knows a device.
     *
     * @param version of the device, which is another one when it fails again after it was registered again
     * @throws RuntimeException if the topic does not take it
     */
    public void deviceFailed(EventData.DeviceFailed device, long version) {
        if (ofClients.contains(EventKind.DEVICE_FAILED)) {
            tell(List.of(CloudEvent.of("device_failed:" + device.device() + ":" + version, clock.instant(), device)));
        }
    }
}
