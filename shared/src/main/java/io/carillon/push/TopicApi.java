package io.carillon.push;

import io.carillon.events.ApiError;
import io.carillon.events.Json;
import io.carillon.events.PushRecipient.Filter;
import io.carillon.events.PushRequest;
import io.carillon.events.PushRequest.DeviceTopicFilter;
import io.carillon.events.PushRequest.UserTopicFilter;
import io.carillon.events.PushResult;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Carries out what a backend asks about topics of devices and users. Safe for use by several threads. */
final class TopicApi {

    private static final int MOST_USERS = 100;

    private final Devices devices;
    private final UserTopics userTopics;
    private final DeviceSearch search;
    private final DeviceRegistry registry;

    TopicApi(PushPorts ports, DeviceRegistry registry) {
        this.devices = ports.devices();
        this.userTopics = ports.userTopics();
        this.search = new DeviceSearch(ports.devices());
        this.registry = registry;
    }

    PushResult update(PushRequest.DeviceTopicUpdate request) {
        PushRequest.TopicsUpdate update = change(request.op(), request.topics());
        if (devices.find(request.deviceId()).isEmpty()) {
            throw new PushRefused(ApiError.NOT_FOUND);
        }
        registry.update(request.deviceId(), device -> {
            if (!request.user().isEmpty() && !request.user().equals(device.user())) {
                throw new PushRefused(new ApiError(
                        ApiError.CONFLICT.code(),
                        ApiError.CONFLICT.message() + ": the device is not that user's any more"));
            }
            return device.withTopics(Requested.topics(device.topics(), update));
        });
        return new PushResult.DeviceTopicUpdate();
    }

    PushResult list(PushRequest.DeviceTopicList request) {
        DeviceTopicFilter filter = request.filter().isEmpty()
                ? Json.read("{}", DeviceTopicFilter.class)
                : Json.read(request.filter().text(), DeviceTopicFilter.class);
        filter.deviceProviders().forEach(Requested::provider);
        Page<Device> page = search.page(
                new Filter(
                        filter.deviceIds(),
                        filter.deviceUsers(),
                        filter.topics(),
                        filter.deviceProviders(),
                        filter.devicePlatforms()),
                request.cursor(),
                DeviceApi.limit(request.limit()));
        Predicate<String> asked = asked(filter.topics(), filter.topicPrefix());
        return new PushResult.DeviceTopicList(
                page.items().stream()
                        .flatMap(device -> device.topics().stream()
                                .filter(asked)
                                .sorted()
                                .map(topic -> new PushResult.DeviceTopic(id(device.id(), topic), device.id(), topic)))
                        .toList(),
                page.next());
    }

    /** Changes the list first: a device that is registered in the meantime reads it after it was written. */
    PushResult update(PushRequest.UserTopicUpdate request) {
        String user = request.user();
        Requested.requireFits("user", user, 512);
        PushRequest.TopicsUpdate update = change(request.op(), request.topics());
        Set<String> before = userTopics.of(user);
        Set<String> after = Requested.topics(before, update);
        List<Device> registered = user.isEmpty() ? List.of() : devices.ofUser(user);
        registered.forEach(device -> changed(device, before, after));
        userTopics.change(user, current -> Requested.topics(current, update));
        if (!user.isEmpty()) {
            devices.ofUser(user)
                    .forEach(device -> registry.update(
                            device.id(),
                            current -> current.user().equals(user) ? changed(current, before, after) : current));
        }
        return new PushResult.UserTopicUpdate();
    }

    private static Device changed(Device device, Set<String> before, Set<String> after) {
        Set<String> topics = new HashSet<>(device.topics());
        topics.removeAll(before);
        topics.addAll(after);
        return device.withTopics(Requested.topics(List.copyOf(topics)));
    }

    PushResult list(PushRequest.UserTopicList request) {
        UserTopicFilter filter = request.filter().isEmpty()
                ? Json.read("{}", UserTopicFilter.class)
                : Json.read(request.filter().text(), UserTopicFilter.class);
        if (filter.users().isEmpty() || filter.users().size() > MOST_USERS) {
            throw PushRefused.badRequest("filter.users must name 1 to " + MOST_USERS
                    + " users: Carillon does not list the topics of all users");
        }
        int limit = DeviceApi.limit(request.limit());
        Predicate<String> asked = asked(filter.topics(), filter.topicPrefix());
        List<PushResult.UserTopic> rest = filter.users().stream()
                .distinct()
                .flatMap(user -> userTopics.of(user).stream()
                        .filter(asked)
                        .map(topic -> new PushResult.UserTopic(id(user, topic), user, topic)))
                .sorted(Comparator.comparing(PushResult.UserTopic::id))
                .filter(topic -> topic.id().compareTo(request.cursor()) > 0)
                .toList();
        List<PushResult.UserTopic> page = rest.subList(0, Math.min(limit, rest.size()));
        return new PushResult.UserTopicList(
                page, page.size() < rest.size() ? page.getLast().id() : "");
    }

    private static PushRequest.TopicsUpdate change(String op, List<String> topics) {
        if (op.isEmpty()) {
            throw PushRefused.badRequest("op is required: one of set, add, remove");
        }
        return new PushRequest.TopicsUpdate(op, topics);
    }

    private static Predicate<String> asked(List<String> topics, String prefix) {
        return topic -> (topics.isEmpty() || topics.contains(topic)) && topic.startsWith(prefix);
    }

    /** No two pairs give the same, whatever they hold. */
    private static String id(String owner, String topic) {
        return URLEncoder.encode(owner, StandardCharsets.UTF_8) + "/"
                + URLEncoder.encode(topic, StandardCharsets.UTF_8);
    }
}
