package io.carillon.push;

import io.carillon.events.PushRecipient.Filter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Lists devices that pass a filter, part by part: those of ids, users or topics by their keys, and others by reading the
 * whole table. Safe for use by several threads.
 */
final class DeviceSearch {

    private final Devices devices;

    DeviceSearch(Devices devices) {
        this.devices = devices;
    }

    /**
     * Gives a part.
     *
     * @param since the last device's id of the part before; empty for the first
     */
    Page<Device> page(Filter filter, String since, int limit) {
        if (!filter.ids().isEmpty() || !filter.users().isEmpty()) {
            return cut(named(filter).filter(device -> Filters.passes(filter, device)), since, limit);
        }
        List<Device> items = new ArrayList<>();
        Page<Device> page = new Page<>(List.of(), since);
        do {
            int wanted = limit - items.size();
            page = filter.topics().isEmpty()
                    ? devices.all(page.next(), wanted)
                    : ofTopics(filter.topics(), page.next(), wanted);
            page.items().stream()
                    .filter(device -> Filters.passes(filter, device))
                    .forEach(items::add);
        } while (page.hasMore() && items.size() < limit);
        return new Page<>(items, page.next());
    }

    private Stream<Device> named(Filter filter) {
        return filter.ids().isEmpty()
                ? filter.users().stream().distinct().flatMap(user -> devices.ofUser(user).stream())
                : filter.ids().stream().distinct().flatMap(id -> devices.find(id).stream());
    }

    /** Gives a part of devices that are known already. */
    static Page<Device> cut(Stream<Device> all, String since, int limit) {
        Map<String, Device> found = new LinkedHashMap<>();
        all.filter(device -> device.id().compareTo(since) > 0)
                .sorted(Comparator.comparing(Device::id))
                .forEach(device -> found.put(device.id(), device));
        List<Device> rest = List.copyOf(found.values());
        List<Device> page = rest.subList(0, Math.min(limit, rest.size()));
        return new Page<>(page, page.size() < rest.size() ? page.getLast().id() : "");
    }

    /** The first of all topics' ids are among the first of each topic's. */
    private Page<Device> ofTopics(List<String> topics, String since, int limit) {
        TreeSet<String> ids = new TreeSet<>();
        boolean isCut = false;
        for (String topic : topics) {
            Page<String> part = devices.inTopic(topic, since, limit);
            ids.addAll(part.items());
            isCut |= part.hasMore();
        }
        List<String> first = ids.stream().limit(limit).toList();
        List<Device> found =
                first.stream().flatMap(id -> devices.find(id).stream()).toList();
        return new Page<>(found, isCut || first.size() < ids.size() ? first.getLast() : "");
    }
}
