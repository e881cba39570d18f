package io.carillon.push;

import io.carillon.connection.Connection;
import io.carillon.connection.Connections;
import io.carillon.events.EventData;
import io.carillon.events.PushJob;
import io.carillon.events.PushRecipient;
import io.carillon.metrics.Measure;
import io.carillon.metrics.Metrics;
import io.carillon.parallel.Parallel;
import io.carillon.push.Sends.Delivery;
import io.carillon.push.Sends.Status;
import io.carillon.topic.Announcements;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
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

    /** Less than the age of the queue's oldest message that is an alarm, so that waiting is none. */
    static final Duration HOP = Duration.ofMinutes(4);

    /** Stands for all recipients of a notification that was taken back. */
    static final String EVERYBODY = "*";

    /** What the recipients begin with that are users; no device's id does. */
    static final String USER = "user:";

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
        this.registry = new DeviceRegistry(ports, clock);
        this.connections = connections;
        this.perMinute = perMinute;
        this.clock = clock;
        this.metrics = metrics;
        this.announcements = announcements;
    }

    /**
     * Carries out one job. If it is not done at the last time that the queue gives it, what has no end yet has failed.
     *
     * @param receives how often the queue has given it, this time included
     * @return whether it is done; if not, it is to be given again
     */
    public boolean carryOut(PushJob job, int receives) {
        boolean isLast = receives >= PushQueue.RECEIVES;
        try {
            boolean isDone = carryOut(job);
            if (isLast && !isDone) {
                giveUp(job, "SNS did not take it, " + receives + " times");
            }
            return isDone;
        } catch (RuntimeException e) {
            if (isLast) {
                giveUp(job, e.getClass().getSimpleName() + ", " + receives + " times");
            }
            throw e;
        }
    }

    /** Carries out one job that the queue will give again if it is not done. */
    boolean carryOut(PushJob job) {
        return job.sendAt() > 0 && isHeldBack(job) || carryOutNow(job);
    }

    /** Puts a job back that is for later, as often as it takes, and drops one that was taken back. */
    private boolean isHeldBack(PushJob job) {
        String uid = job.notification().uid();
        if (ports.sends().isCancelled(uid)) {
            settle(job, EVERYBODY, Status.CANCELLED, "");
            return true;
        }
        Duration left = Duration.between(clock.instant(), Instant.ofEpochSecond(job.sendAt()));
        if (!left.isPositive()) {
            return false;
        }
        // Whole seconds, and rather too late than too early.
        Duration wait = left.plusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
        ports.queue().send(List.of(job), wait.compareTo(HOP) < 0 ? wait : HOP);
        return true;
    }

    private boolean carryOutNow(PushJob job) {
        if (!job.topic().isEmpty()) {
            return lookUp(job, since -> ports.devices().inTopic(job.topic(), since, AT_ONCE), job::toDevices);
        }
        if (!job.channel().isEmpty()) {
            return lookUp(
                    job,
                    since -> without(job.except(), ports.members().of(job.channel(), since, AT_ONCE)),
                    job::toUsers);
        }
        if (job.filter().isPresent()) {
            PushRecipient.Filter filter = Filters.read(job.filter());
            return lookUp(job, since -> filtered(filter, since), job::toDevices);
        }
        return toUsers(job) & all(job.deviceIds(), id -> toDevice(job, id));
    }

    private void giveUp(PushJob job, String detail) {
        String uid = job.notification().uid();
        if (job.users().isEmpty() && job.deviceIds().isEmpty()) {
            ports.sends().fail(uid, EVERYBODY, detail);
        }
        job.deviceIds().forEach(id -> ports.sends().fail(uid, id, detail));
        for (String user : job.users()) {
            if (!isSpared(job, user)) {
                ports.devices().ofUser(user).forEach(device -> ports.sends().fail(uid, device.id(), detail));
            }
        }
    }

    private static Page<String> without(String user, Page<String> page) {
        return new Page<>(
                page.items().stream().filter(item -> !item.equals(user)).toList(), page.next());
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
        // A channel without members is no surprise: its publication names recipients.
        if (jobs.isEmpty() && job.since().isEmpty() && job.channel().isEmpty()) {
            settle(job, EVERYBODY, Status.NO_DEVICE, nobody(job));
        }
        return true;
    }

    private static String nobody(PushJob job) {
        return job.topic().isEmpty() ? "no device passes the filter" : "no device has the topic " + job.topic();
    }

    private void settle(PushJob job, String recipient, Status status, String detail) {
        ports.sends().settle(job.notification().uid(), new Delivery(recipient, status, detail));
    }

    private Page<String> filtered(PushRecipient.Filter filter, String since) {
        Page<Device> page = ports.devices().all(since, AT_ONCE);
        return new Page<>(
                page.items().stream()
                        .filter(device -> Filters.passes(filter, device))
                        .map(Device::id)
                        .toList(),
                page.next());
    }

    private boolean toUsers(PushJob job) {
        return all(job.users(), user -> {
            if (isSpared(job, user)) {
                settle(job, USER + user, Status.CONNECTED, "");
                return true;
            }
            List<Device> devices = ports.devices().ofUser(user);
            if (devices.isEmpty()) {
                settle(job, USER + user, Status.NO_DEVICE, "");
            }
            return all(devices, device -> toDevice(job, device.id()));
        });
    }

    private boolean isSpared(PushJob job, String user) {
        return job.offlineOnly() && (isConnected(user) || hasReturned(job, user));
    }

    private boolean isConnected(String user) {
        return connections.ofUser(user).stream().anyMatch(Connection::established);
    }

    /** Looked for last: whoever is found neither connected nor to have connected since has not come in between. */
    private boolean hasReturned(PushJob job, String user) {
        return job.publishedAt() > 0 && connections.lastConnected(user) >= job.publishedAt();
    }

    private static <T> boolean all(List<T> parts, Predicate<T> work) {
        return Parallel.map(parts, work::test).stream().allMatch(done -> done);
    }

    private boolean toDevice(PushJob job, String id) {
        String uid = job.notification().uid();
        return switch (ports.sends().claim(uid, id)) {
            case DONE -> true;
            case BUSY -> false;
            case TAKEN ->
                switch (send(job, id)) {
                    case Turn.Ended(Delivery delivery) -> {
                        ports.sends().settle(uid, delivery);
                        yield true;
                    }
                    case Turn.Later(Instant time) -> {
                        ports.queue().send(List.of(job.toDevices(List.of(id)).at(seconds(time))), Duration.ZERO);
                        ports.sends().release(uid, id);
                        yield true;
                    }
                    case Turn.Again() -> {
                        ports.sends().release(uid, id);
                        yield false;
                    }
                };
        };
    }

    private static long seconds(Instant time) {
        return time.plusMillis(999).getEpochSecond();
    }

    /** Tells first: a device that is gone would never be found again to be told of. */
    private void bury(Device device) {
        announcements.deviceFailed(
                new EventData.DeviceFailed(
                        device.user(), device.id(), device.provider().text(), device.platform()),
                device.version());
        registry.bury(device);
    }

    /** What came of one attempt. */
    private sealed interface Turn {

        record Ended(Delivery delivery) implements Turn {}

        record Later(Instant time) implements Turn {}

        record Again() implements Turn {}
    }

    private Turn send(PushJob job, String id) {
        if (job.isExpiredAt(clock.instant())) {
            return ended(id, Status.EXPIRED, "");
        }
        Optional<Device> found = ports.devices().find(id);
        if (found.isEmpty()) {
            return ended(id, Status.NOT_FOUND, "");
        }
        Optional<PushGateway.Message> message;
        try {
            message = Payload.of(found.get().provider(), Wording.of(job, found.get()), clock.instant());
        } catch (PushRefused e) {
            return ended(id, Status.REFUSED, e.getMessage());
        }
        if (message.isEmpty()) {
            return ended(id, Status.NO_PAYLOAD, "");
        }
        Limits limits = Limits.read(job.limitStrategy());
        switch (limits.of(found.get(), ports.sends(), clock.instant())) {
            case Limits.Verdict.Never(Status status) -> {
                return ended(id, status, "");
            }
            case Limits.Verdict.Later(Instant time) -> {
                return new Turn.Later(time);
            }
            case Limits.Verdict.Now() -> {}
        }
        if (perMinute > 0 && !ports.sends().allows(id, perMinute)) {
            limits.giveBack(found.get(), ports.sends());
            return ended(id, Status.RATE_LIMITED, "");
        }
        Turn turn = handed(found.get(), message.get());
        if (turn instanceof Turn.Again) {
            giveBack(found.get(), limits);
        }
        return turn;
    }

    /** Otherwise the next attempt would find the limit reached by this one. */
    private void giveBack(Device device, Limits limits) {
        limits.giveBack(device, ports.sends());
        if (perMinute > 0) {
            ports.sends().giveBack(device.id());
        }
    }

    private static Turn ended(String id, Status status, String detail) {
        return new Turn.Ended(new Delivery(id, status, detail));
    }

    private Turn handed(Device device, PushGateway.Message message) {
        String id = device.id();
        return switch (ports.gateway().send(device.endpoint(), message)) {
            case PushGateway.Outcome.Sent(String messageId) -> {
                metrics.count(Measure.PUSHES);
                yield ended(id, Status.SENT, messageId);
            }
            case PushGateway.Outcome.Dead() -> {
                metrics.count(Measure.DEAD_TOKENS);
                bury(device);
                yield ended(id, Status.TOKEN_DEAD, "");
            }
            case PushGateway.Outcome.Refused(String reason) -> ended(id, Status.REFUSED, reason);
            case PushGateway.Outcome.Later(String reason) -> {
                metrics.count(Measure.THROTTLED_PUSHES);
                LOG.warn("A notification for device {} is tried again later: {}", id, reason);
                yield new Turn.Again();
            }
        };
    }
}
