package io.carillon.push;

import io.carillon.events.Json;
import io.carillon.events.PushRecipient.Filter;
import io.carillon.events.RawJson;
import java.util.List;
import java.util.stream.Stream;

/** Reads filters of devices and applies them. */
final class Filters {

    private Filters() {}

    /**
     * Reads a filter; one that is not there lets all pass.
     *
     * @throws PushRefused if it names a provider that there is not
     */
    static Filter read(RawJson text) {
        Filter filter = text.isEmpty() ? Filter.ALL : Json.read(text.text(), Filter.class);
        filter.providers().forEach(Requested::provider);
        return filter;
    }

    static boolean passes(Filter filter, Device device) {
        return holds(filter.ids(), device.id())
                && holds(filter.users(), device.user())
                && holds(filter.providers(), device.provider().text())
                && holds(filter.platforms(), device.platform())
                && (filter.topics().isEmpty() || filter.topics().stream().anyMatch(device.topics()::contains));
    }

    /** Whether only ids, only users or only topics are given, so that the table need not be read as a whole. */
    static boolean namesOneKind(Filter filter) {
        return filter.providers().isEmpty()
                && filter.platforms().isEmpty()
                && Stream.of(filter.ids(), filter.users(), filter.topics())
                                .filter(names -> !names.isEmpty())
                                .count()
                        == 1;
    }

    private static boolean holds(List<String> names, String name) {
        return names.isEmpty() || names.contains(name);
    }
}
