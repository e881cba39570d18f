package io.carillon.push;

import io.carillon.events.PushRecipient.Filter;
import io.carillon.events.PushRequest;
import io.carillon.events.PushRequest.ProviderTokens;
import io.carillon.events.PushResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Carries out what a backend asks about devices. Safe for use by several threads. */
final class DeviceApi {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    private final Devices devices;
    private final DeviceSearch search;
    private final DeviceRegistry registry;

    DeviceApi(Devices devices, DeviceRegistry registry) {
        this.devices = devices;
        this.search = new DeviceSearch(devices);
        this.registry = registry;
    }

    PushResult register(PushRequest.DeviceRegister request) {
        Device wanted = Requested.device(request);
        String id = registry.register(
                request.id(), wanted.provider(), wanted.token(), before -> new DeviceRegistry.Registration(wanted));
        return new PushResult.DeviceRegister(id);
    }

    PushResult update(PushRequest.DeviceUpdate request) {
        Requested.check(request);
        Selection selection = new Selection(request.ids(), request.users(), request.providerTokens());
        for (Device device : named(selection)) {
            registry.update(device.id(), current -> Requested.changed(current, request));
        }
        return new PushResult.DeviceUpdate();
    }

    PushResult remove(PushRequest.DeviceRemove request) {
        named(new Selection(request.ids(), request.users(), request.providerTokens()))
                .forEach(registry::remove);
        return new PushResult.DeviceRemove();
    }

    PushResult list(PushRequest.DeviceList request) {
        int limit = limit(request.limit());
        Filter filter = filter(request);
        String since = request.cursor().isEmpty() ? request.since() : request.cursor();
        Page<Device> page = request.providerTokens().isEmpty()
                ? search.page(filter, since, limit)
                : DeviceSearch.cut(
                        ofTokens(request.providerTokens()).filter(device -> Filters.passes(filter, device)),
                        since,
                        limit);
        return new PushResult.DeviceList(
                page.items().stream().map(device -> info(device, request)).toList(), page.hasMore(), page.next());
    }

    private static Filter filter(PushRequest.DeviceList request) {
        Filter flat = new Filter(request.ids(), request.users(), List.of(), request.providers(), request.platforms());
        if (request.filter().isEmpty()) {
            return flat;
        }
        if (!flat.equals(Filter.ALL)) {
            throw PushRefused.badRequest("give ids, users, providers and platforms in filter or beside it, not both");
        }
        return Filters.read(request.filter());
    }

    static int limit(int asked) {
        if (asked < 0 || asked > MAX_LIMIT) {
            throw PushRefused.badRequest("limit must be from 1 to " + MAX_LIMIT + ", or 0 for " + DEFAULT_LIMIT);
        }
        return asked == 0 ? DEFAULT_LIMIT : asked;
    }

    private static PushResult.DeviceInfo info(Device device, PushRequest.DeviceList request) {
        return new PushResult.DeviceInfo(
                device.id(),
                device.provider().text(),
                device.token(),
                device.platform(),
                device.user(),
                device.locale(),
                device.timezone(),
                request.includeTopics() ? device.topics().stream().sorted().toList() : List.of(),
                request.includeTags() ? device.tags() : Map.of(),
                request.includeMeta() ? device.meta() : Map.of());
    }

    /** The devices that a request names in any of three ways. */
    private record Selection(List<String> ids, List<String> users, List<ProviderTokens> tokens) {

        boolean isEmpty() {
            return ids.isEmpty() && users.isEmpty() && tokens.isEmpty();
        }
    }

    /** Ids and users are filters, both of which must pass if both are given; tokens name devices beside them. */
    private List<Device> named(Selection selection) {
        if (selection.isEmpty()) {
            throw PushRefused.badRequest("name devices by ids, users or provider_tokens");
        }
        Map<String, Device> found = new LinkedHashMap<>();
        ofTokens(selection.tokens()).forEach(device -> found.put(device.id(), device));
        if (!selection.ids().isEmpty()) {
            selection.ids().stream()
                    .flatMap(id -> devices.find(id).stream())
                    .filter(device ->
                            selection.users().isEmpty() || selection.users().contains(device.user()))
                    .forEach(device -> found.put(device.id(), device));
        } else {
            selection.users().forEach(user -> devices.ofUser(user).forEach(device -> found.put(device.id(), device)));
        }
        return List.copyOf(found.values());
    }

    private Stream<Device> ofTokens(List<ProviderTokens> named) {
        return named.stream().flatMap(tokens -> {
            Provider provider = Requested.provider(tokens.provider());
            return tokens.tokens().stream()
                    .flatMap(token -> devices.idOfToken(provider, token).stream())
                    .flatMap(id -> devices.find(id).stream());
        });
    }
}
