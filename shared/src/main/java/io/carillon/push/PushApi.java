package io.carillon.push;

import io.carillon.events.ApiError;
import io.carillon.events.PushJob;
import io.carillon.events.PushNotification;
import io.carillon.events.PushRecipient;
import io.carillon.events.PushRequest;
import io.carillon.events.PushResult;
import io.carillon.events.RawJson;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;

/**
 * Carries out what a backend asks about mobile push.
 *
 * <p>Safe for use by several threads.
 *
 * @see <a href="https://centrifugal.dev/docs/pro/push_notifications">Centrifugo PRO: the same methods</a>
 */
public final class PushApi {

    /** How many users, devices or topics one request may name. */
    static final int MAX_RECIPIENTS = 1000;

    private static final int MAX_LIMITS = 2048;

    private final PushPorts ports;
    private final DeviceApi devices;
    private final TopicApi topics;
    private final InstantSource clock;

    public PushApi(PushPorts ports, InstantSource clock) {
        this.ports = ports;
        DeviceRegistry registry = new DeviceRegistry(ports, clock);
        this.devices = new DeviceApi(ports.devices(), registry);
        this.topics = new TopicApi(ports, registry);
        this.clock = clock;
    }

    /**
     * Carries out one request.
     *
     * @throws PushRefused if it cannot be carried out
     */
    public PushResult answer(PushRequest request) {
        return switch (request) {
            case PushRequest.DeviceRegister register -> devices.register(register);
            case PushRequest.DeviceUpdate update -> devices.update(update);
            case PushRequest.DeviceRemove remove -> devices.remove(remove);
            case PushRequest.DeviceList list -> devices.list(list);
            case PushRequest.DeviceTopicUpdate update -> topics.update(update);
            case PushRequest.DeviceTopicList list -> topics.list(list);
            case PushRequest.UserTopicUpdate update -> topics.update(update);
            case PushRequest.UserTopicList list -> topics.list(list);
            case PushRequest.CancelPush cancel -> cancel(cancel);
            case PushRequest.UpdatePushStatus update -> update(update);
            case PushRequest.SendPushNotification send -> send(send);
            case PushRequest.PushStatus status -> status(status);
            case PushRequest.MemberUpdate update -> update(update);
            case PushRequest.MemberList list -> list(list);
        };
    }

    private PushResult send(PushRequest.SendPushNotification request) {
        PushRecipient recipient = request.recipient();
        if (recipient.fields() != 1) {
            throw PushRefused.badRequest("recipient must have exactly one of users, device_ids, topics, filter");
        }
        PushNotification notification = request.notification().named(uid(request));
        Wording.check(notification, request.templating());
        Requested.requireFits("limit_strategy", request.limitStrategy().text(), MAX_LIMITS);
        Limits.read(request.limitStrategy()).check();
        PushJob job = PushJob.of(notification, request.templating())
                .at(sendAt(request, notification))
                .within(request.limitStrategy());
        if (job.isExpiredAt(clock.instant())) {
            throw PushRefused.badRequest("expire_at lies in the past");
        }
        ports.queue().send(jobs(job, recipient), Duration.ZERO);
        return new PushResult.SendPushNotification(notification.uid());
    }

    private long sendAt(PushRequest.SendPushNotification request, PushNotification notification) {
        long farthest =
                clock.instant().plus(Duration.ofDays(Sends.FARTHEST_DAYS)).getEpochSecond();
        if (request.sendAt() < 0 || request.sendAt() > farthest) {
            throw PushRefused.badRequest("send_at must be a time in seconds since 1970, at most " + Sends.FARTHEST_DAYS
                    + " days ahead, or 0 for at once");
        }
        if (request.sendAt() > 0 && notification.expireAt() > 0 && notification.expireAt() <= request.sendAt()) {
            throw PushRefused.badRequest("expire_at must be later than send_at");
        }
        return request.sendAt();
    }

    private static String uid(PushRequest.SendPushNotification request) {
        String own = request.notification().uid();
        if (!request.uid().isEmpty() && !own.isEmpty() && !own.equals(request.uid())) {
            throw PushRefused.badRequest("uid and notification.uid differ: leave one of them out");
        }
        String given = request.uid().isEmpty() ? own : request.uid();
        if (!request.analyticsUid().isEmpty() && !request.analyticsUid().equals(given)) {
            throw PushRefused.badRequest("analytics_uid must be the same as uid, or left out: update_push_status"
                    + " finds a notification by its uid");
        }
        return given.isEmpty() ? UUID.randomUUID().toString() : given;
    }

    private static List<PushJob> jobs(PushJob job, PushRecipient recipient) {
        List<PushJob> jobs = new ArrayList<>();
        recipient.deviceIds().stream()
                .filter(id -> !id.isEmpty())
                .forEach(id -> Requested.requireDeviceId("device_ids", id));
        jobs.addAll(chunks("device_ids", recipient.deviceIds(), job::toDevices));
        jobs.addAll(chunks("users", recipient.users(), job::toUsers));
        requireFew("topics", recipient.topics());
        recipient.topics().stream().distinct().map(job::toTopic).forEach(jobs::add);
        if (recipient.filter().isPresent()) {
            PushRecipient.Filter filter = Filters.read(recipient.filter());
            if (Filters.namesOneKind(filter)) {
                jobs.addAll(jobs(job, new PushRecipient(RawJson.NONE, filter.ids(), filter.topics(), filter.users())));
            } else {
                jobs.add(job.toFiltered(recipient.filter()));
            }
        }
        return jobs;
    }

    /** Cuts names into as many as one job takes. */
    static List<PushJob> chunks(String field, List<String> names, Function<List<String>, PushJob> job) {
        requireFew(field, names);
        List<String> distinct = names.stream().distinct().toList();
        List<PushJob> jobs = new ArrayList<>();
        for (int from = 0; from < distinct.size(); from += PushSender.AT_ONCE) {
            jobs.add(job.apply(distinct.subList(from, Math.min(from + PushSender.AT_ONCE, distinct.size()))));
        }
        return jobs;
    }

    private static void requireFew(String field, List<String> names) {
        if (names.size() > MAX_RECIPIENTS) {
            throw new PushRefused(
                    ApiError.limitExceeded(field + " may name " + MAX_RECIPIENTS + " at once, not " + names.size()));
        }
        if (names.contains("")) {
            throw PushRefused.badRequest(field + " holds an empty name");
        }
        names.forEach(name -> Requested.requireFits(field, name, Requested.MAX_TEXT));
    }

    private PushResult cancel(PushRequest.CancelPush request) {
        require("uid", request.uid());
        Requested.requireFits("uid", request.uid(), 64);
        ports.sends().cancel(request.uid());
        return new PushResult.CancelPush();
    }

    private PushResult update(PushRequest.UpdatePushStatus request) {
        require("analytics_uid", request.analyticsUid());
        require("device_id", request.deviceId());
        Requested.requireDeviceId("device_id", request.deviceId());
        Requested.requireFits("msg_id", request.msgId(), 512);
        Sends.Status status = switch (request.status()) {
            case "delivered" -> Sends.Status.DELIVERED;
            case "interacted" -> Sends.Status.INTERACTED;
            default ->
                throw PushRefused.badRequest(
                        "status must be one of delivered, interacted, is \"" + request.status() + "\"");
        };
        if (!ports.sends()
                .note(request.analyticsUid(), new Sends.Delivery(request.deviceId(), status, request.msgId()))) {
            throw new PushRefused(ApiError.NOT_FOUND);
        }
        return new PushResult.UpdatePushStatus();
    }

    private PushResult status(PushRequest.PushStatus request) {
        require("uid", request.uid());
        Page<Sends.Delivery> page = ports.sends().of(request.uid(), request.since(), DeviceApi.limit(request.limit()));
        return new PushResult.PushStatus(
                page.items().stream()
                        .map(delivery -> new PushResult.Delivery(
                                delivery.recipient(),
                                delivery.status().name().toLowerCase(Locale.ROOT),
                                delivery.detail()))
                        .toList(),
                page.hasMore());
    }

    private PushResult update(PushRequest.MemberUpdate request) {
        require("channel", request.channel());
        requireFew("users", request.users());
        Requested.requireFits("channel", request.channel(), 512);
        request.users().forEach(user -> Requested.requireFits("user", user, 512));
        switch (request.op()) {
            case "add" -> ports.members().add(request.channel(), request.users());
            case "remove" -> ports.members().remove(request.channel(), request.users());
            default -> throw PushRefused.badRequest("op must be one of add, remove, is \"" + request.op() + "\"");
        }
        return new PushResult.MemberUpdate();
    }

    private PushResult list(PushRequest.MemberList request) {
        require("channel", request.channel());
        Page<String> page = ports.members().of(request.channel(), request.since(), DeviceApi.limit(request.limit()));
        return new PushResult.MemberList(page.items(), page.hasMore());
    }

    private static void require(String field, String value) {
        if (value.isEmpty()) {
            throw PushRefused.badRequest(field + " is required");
        }
    }
}
