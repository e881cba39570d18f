package io.carillon.push;

import io.carillon.events.PushRequest;
import io.carillon.events.PushRequest.ProviderTokens;
import io.carillon.events.PushResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Carries out what a backend asks about devices. Safe for use by several threads. */
final class DeviceApi {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    private final Devices devices;
    private final DeviceRegistry registry;

    DeviceApi(Devices devices, DeviceRegistry registry) {
        this.devices = devices;
        this.registry = registry;
    }

    PushResult register(PushRequest.DeviceRegister request) {
        Device wanted = Requested.device(request);
        String id = registry.register(
                request.id(), wanted.provider(), wanted.token(), before -> new DeviceRegistry.Registration(wanted));
        return new PushResult.DeviceRegister(id);
    }

    PushResult update(PushRequest.DeviceUpdate request) {
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
        Selection selection = new Selection(request.ids(), request.users(), request.providerTokens());
        List<Device> items = new ArrayList<>();
        if (!selection.isEmpty()) {
            List<Device> all = named(selection).stream()
                    .filter(device -> passes(device, request))
                    .sorted((first, second) -> first.id().compareTo(second.id()))
                    .filter(device -> device.id().compareTo(request.since()) > 0)
                    .toList();
            List<Device> page = all.subList(0, Math.min(limit, all.size()));
            return list(page, request, page.size() < all.size());
        }
        Page<Device> page = new Page<>(List.of(), request.since());
        do {
            page = devices.all(page.next(), limit - items.size());
            page.items().stream().filter(device -> passes(device, request)).forEach(items::add);
        } while (page.hasMore() && items.size() < limit);
        return list(items, request, page.hasMore());
    }

    static int limit(int asked) {
        if (asked < 0 || asked > MAX_LIMIT) {
            throw PushRefused.badRequest("limit must be from 1 to " + MAX_LIMIT + ", or 0 for " + DEFAULT_LIMIT);
        }
        return asked == 0 ? DEFAULT_LIMIT : asked;
    }

    private static PushResult list(List<Device> items, PushRequest.DeviceList request, boolean hasMore) {
        return new PushResult.DeviceList(
                items.stream().map(device -> info(device, request)).toList(), hasMore);
    }

    private static boolean passes(Device device, PushRequest.DeviceList request) {
        return (request.providers().isEmpty()
                        || request.providers().contains(device.provider().text()))
                && (request.platforms().isEmpty() || request.platforms().contains(device.platform()))
                && (request.ids().isEmpty() || request.ids().contains(device.id()))
                && (request.users().isEmpty() || request.users().contains(device.user()));
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

    private List<Device> named(Selection selection) {
        if (selection.isEmpty()) {
            throw PushRefused.badRequest("name devices by ids, users or provider_tokens");
        }
        Map<String, Device> found = new LinkedHashMap<>();
        Set<String> ids = new HashSet<>(selection.ids());
        for (ProviderTokens tokens : selection.tokens()) {
            Provider provider = Requested.provider(tokens.provider());
            tokens.tokens().forEach(token -> devices.idOfToken(provider, token).ifPresent(ids::add));
        }
        ids.forEach(id -> devices.find(id).ifPresent(device -> found.put(device.id(), device)));
        selection.users().forEach(user -> devices.ofUser(user).forEach(device -> found.put(device.id(), device)));
        return List.copyOf(found.values());
    }
}
