package io.carillon.push;

import io.carillon.events.ApiError;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Registers devices and keeps their SNS endpoints in step: makes one for a new device, refreshes it with the token, and
 * deletes it with the device.
 *
 * <p>Safe for use by several threads.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/mobile-platform-endpoint.html">SNS: creating an endpoint</a>
 */
public final class DeviceRegistry {

    private static final int ATTEMPTS = 8;

    private final Devices devices;
    private final UserTopics userTopics;
    private final PushGateway gateway;
    private final InstantSource clock;

    public DeviceRegistry(PushPorts ports, InstantSource clock) {
        this.devices = ports.devices();
        this.userTopics = ports.userTopics();
        this.gateway = ports.gateway();
        this.clock = clock;
    }

    /** Builds the device that is to be, from the one that is there. */
    @FunctionalInterface
    interface Change {
        Registration of(Optional<Device> before);
    }

    /** A device without what the registry adds: its id, its endpoint, and when and how often it was written. */
    record Registration(Device wanted) {}

    /**
     * Registers a device. It gets its user's topics, and everybody's, beside its own. A user's oldest device goes when there
     * would be more than {@link Device#MAX_PER_USER}.
     *
     * @param id its id; empty for the device that has the token, or else a new one
     * @return the device's id
     */
    String register(String id, Provider provider, String token, Change change) {
        requireServed(provider);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<String> holder = devices.idOfToken(provider, token);
            String wanted =
                    id.isEmpty() ? holder.orElseGet(() -> UUID.randomUUID().toString()) : id;
            // The app was installed anew, or is told of as another device: a token is one device's.
            holder.filter(other -> !other.equals(wanted)).flatMap(devices::find).ifPresent(devices::remove);
            Optional<Device> before = devices.find(wanted);
            Device asked = change.of(before).wanted();
            String endpoint = gateway.endpoint(
                    provider,
                    token,
                    before.filter(device -> device.provider() == provider).map(Device::endpoint));
            Set<String> bound = bound(asked.user());
            Device after = stamped(withTopics(asked, bound), wanted, endpoint, before);
            if (devices.save(before, after)) {
                if (!bound.equals(bound(asked.user()))) {
                    // Whoever changes a user's topics could not see this device among the user's yet.
                    continue;
                }
                before.map(Device::endpoint)
                        .filter(old -> !old.equals(endpoint))
                        .ifPresent(gateway::delete);
                trim(before, after);
                return wanted;
            }
        }
        throw new IllegalStateException("A device keeps changing while it is registered");
    }

    /** A user who has a device more than before may have one too many; the one that was told of longest ago goes. */
    private void trim(Optional<Device> before, Device after) {
        if (after.user().isEmpty()
                || before.filter(device -> device.user().equals(after.user())).isPresent()) {
            return;
        }
        List<Device> all = devices.ofUser(after.user());
        all.stream()
                .filter(device -> !device.id().equals(after.id()))
                .sorted(Comparator.comparingLong(Device::updatedAt).thenComparing(Device::id))
                .limit(Math.max(0, all.size() - Device.MAX_PER_USER))
                .forEach(this::remove);
    }

    private Set<String> bound(String user) {
        Set<String> topics = new HashSet<>(userTopics.of(""));
        if (!user.isEmpty()) {
            topics.addAll(userTopics.of(user));
        }
        return topics;
    }

    private static Device withTopics(Device device, Set<String> bound) {
        Set<String> topics = new HashSet<>(device.topics());
        topics.addAll(bound);
        return device.withTopics(Requested.topics(List.copyOf(topics)));
    }

    /** Changes a device that is there; one that is gone stays gone. */
    void update(String id, UnaryOperator<Device> change) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Device> before = devices.find(id);
            if (before.isEmpty()) {
                return;
            }
            Device after = stamped(change.apply(before.get()), id, before.get().endpoint(), before);
            if (devices.save(before, after)) {
                trim(before, after);
                return;
            }
        }
        throw new IllegalStateException("A device keeps changing while it is updated");
    }

    /** Forgets a device and its endpoint. */
    void remove(Device device) {
        for (Optional<Device> found = Optional.of(device); found.isPresent(); found = devices.find(device.id())) {
            if (devices.remove(found.get())) {
                gateway.delete(found.get().endpoint());
                return;
            }
        }
    }

    /** Forgets a device whose token is dead, unless it has a new one. */
    void bury(Device device) {
        if (devices.remove(device)) {
            gateway.delete(device.endpoint());
        }
    }

    private Device stamped(Device device, String id, String endpoint, Optional<Device> before) {
        return new Device(
                id,
                device.user(),
                device.provider(),
                device.token(),
                device.platform(),
                device.locale(),
                device.timezone(),
                device.topics(),
                device.tags(),
                device.meta(),
                endpoint,
                before.map(Device::version).orElse(0L) + 1,
                clock.instant().getEpochSecond());
    }

    private void requireServed(Provider provider) {
        if (!gateway.serves(provider)) {
            throw new PushRefused(new ApiError(
                    ApiError.NOT_AVAILABLE.code(),
                    ApiError.NOT_AVAILABLE.message() + ": there is no platform application for " + provider.text()));
        }
    }
}
