package io.carillon.push;

import io.carillon.connection.Connection;
import io.carillon.connection.Connections;
import io.carillon.events.EventData;
import io.carillon.events.Json;
import io.carillon.events.PushJob;
import io.carillon.events.PushRecipient;
import io.carillon.metrics.Measure;
import io.carillon.metrics.Metrics;
import io.carillon.parallel.Parallel;
import io.carillon.push.Sends.Delivery;
import io.carillon.push.Sends.Status;
import io.carillon.topic.Announcements;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the jobs of the queue {@code push}: looks recipients up, page by page, and sends to each device once,
 * however often a job is repeated. Only when a sender died between SNS and the table does a device get a notification
 * again, under the same collapse id, so that it takes the place of the first.
 *
 * <p>Safe for use by several threads.
 */
public final class PushSender {

    private static final Logger LOG = LoggerFactory.getLogger(PushSender.class);

    /** How many recipients one job names. */
    static final int AT_ONCE = 25;

    /** How many pages one invocation looks up before it leaves the rest to the next. */
    private static final int PAGES = 20;

    private final PushPorts ports;
    private final DeviceRegistry registry;
    private final Connections connections;
    private final int perMinute;
    private final InstantSource clock;
    private final Metrics metrics;
    private final Announcements announcements;

    /**
     * Prepares to send.
     *
     * @param perMinute how many notifications a device gets in a minute; 0 for any number
     * @param announcements is told of devices that are forgotten
     */
    public PushSender(
            PushPorts ports,
            Connections connections,
            int perMinute,
            InstantSource clock,
            Metrics metrics,
            Announcements announcements) {
        this.ports = ports;
        this.registry = new DeviceRegistry(ports.devices(), ports.gateway(), clock);
        this.connections = connections;
        this.perMinute = perMinute;
        this.clock = clock;
        this.metrics = metrics;
        this.announcements = announcements;
    }

    /**
     * Carries out one job.
     *
     * @return whether it is done; if not, it is to be given again
     */
    public boolean carryOut(PushJob job) {
        if (!job.topic().isEmpty()) {
            return lookUp(job, since -> ports.devices().inTopic(job.topic(), since, AT_ONCE), job::toDevices);
        }
        if (!job.channel().isEmpty()) {
            return lookUp(job, since -> ports.members().of(job.channel(), since, AT_ONCE), job::toUsers);
        }
        if (job.filter().isPresent()) {
            PushRecipient.Filter filter = Json.read(job.filter().text(), PushRecipient.Filter.class);
            return lookUp(job, since -> filtered(filter, since), job::toDevices);
        }
        return toUsers(job) & all(job.deviceIds(), id -> toDevice(job, id));
    }

    private interface Pages {
        Page<String> after(String since);
    }

    private boolean lookUp(PushJob job, Pages pages, Function<List<String>, PushJob> part) {
        List<PushJob> jobs = new ArrayList<>();
        Page<String> page = new Page<>(List.of(), job.since());
        int looked = 0;
        do {
            page = pages.after(page.next());
            if (!page.items().isEmpty()) {
                jobs.add(part.apply(page.items()));
            }
            looked++;
        } while (page.hasMore() && looked < PAGES);
        if (page.hasMore()) {
            jobs.add(job.from(page.next()));
        }
        ports.queue().send(jobs, Duration.ZERO);
        return true;
    }

    private Page<String> filtered(PushRecipient.Filter filter, String since) {
        Page<Device> page = ports.devices().all(since, AT_ONCE);
        return new Page<>(
                page.items().stream()
                        .filter(device -> passes(filter, device))
                        .map(Device::id)
                        .toList(),
                page.next());
    }

    private static boolean passes(PushRecipient.Filter filter, Device device) {
        return (filter.users().isEmpty() || filter.users().contains(device.user()))
                && (filter.providers().isEmpty()
                        || filter.providers().contains(device.provider().text()))
                && (filter.platforms().isEmpty() || filter.platforms().contains(device.platform()))
                && (filter.topics().isEmpty() || filter.topics().stream().anyMatch(device.topics()::contains));
    }

    private boolean toUsers(PushJob job) {
        return all(job.users(), user -> {
            if (job.offlineOnly() && isConnected(user)) {
                ports.sends().settle(job.notification().uid(), new Delivery("user:" + user, Status.CONNECTED, ""));
                return true;
            }
            return all(ports.devices().ofUser(user), device -> toDevice(job, device.id()));
        });
    }

    private boolean isConnected(String user) {
        return connections.ofUser(user).stream().anyMatch(Connection::established);
    }

    private static <T> boolean all(List<T> parts, Predicate<T> work) {
        return Parallel.map(parts, work::test).stream().allMatch(done -> done);
    }

    private boolean toDevice(PushJob job, String id) {
        String uid = job.notification().uid();
        return switch (ports.sends().claim(uid, id)) {
            case DONE -> true;
            case BUSY -> false;
            case TAKEN -> {
                Optional<Delivery> end = send(job, id);
                end.ifPresentOrElse(
                        delivery -> ports.sends().settle(uid, delivery),
                        () -> ports.sends().release(uid, id));
                yield end.isPresent();
            }
        };
    }

    /** Tells first: a device that is gone would never be found again to be told of. */
    private void bury(Device device) {
        announcements.deviceFailed(
                new EventData.DeviceFailed(
                        device.user(), device.id(), device.provider().text(), device.platform()),
                device.version());
        registry.bury(device);
    }

    /** Gives the end of it; empty if it is to be tried again. */
    private Optional<Delivery> send(PushJob job, String id) {
        if (job.isExpiredAt(clock.instant())) {
            return Optional.of(new Delivery(id, Status.EXPIRED, ""));
        }
        Optional<Device> found = ports.devices().find(id);
        if (found.isEmpty()) {
            return Optional.of(new Delivery(id, Status.NOT_FOUND, ""));
        }
        Optional<PushGateway.Message> message;
        try {
            message = Payload.of(found.get().provider(), Wording.of(job, found.get()));
        } catch (PushRefused e) {
            return Optional.of(new Delivery(id, Status.REFUSED, e.getMessage()));
        }
        if (message.isEmpty()) {
            return Optional.of(new Delivery(id, Status.NO_PAYLOAD, ""));
        }
        if (perMinute > 0 && !ports.sends().allows(id, perMinute)) {
            return Optional.of(new Delivery(id, Status.RATE_LIMITED, ""));
        }
        return switch (ports.gateway().send(found.get().endpoint(), message.get())) {
            case PushGateway.Outcome.Sent(String messageId) -> {
                metrics.count(Measure.PUSHES);
                yield Optional.of(new Delivery(id, Status.SENT, messageId));
            }
            case PushGateway.Outcome.Dead() -> {
                metrics.count(Measure.DEAD_TOKENS);
                bury(found.get());
                yield Optional.of(new Delivery(id, Status.TOKEN_DEAD, ""));
            }
            case PushGateway.Outcome.Refused(String reason) -> Optional.of(new Delivery(id, Status.REFUSED, reason));
            case PushGateway.Outcome.Later(String reason) -> {
                metrics.count(Measure.THROTTLED_PUSHES);
                LOG.warn("A notification for device {} is tried again later: {}", id, reason);
                yield Optional.empty();
            }
        };
    }
}
