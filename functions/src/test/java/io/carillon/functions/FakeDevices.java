package io.carillon.functions;

import io.carillon.push.Device;
import io.carillon.push.Devices;
import io.carillon.push.Page;
import io.carillon.push.Provider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps devices in memory for a job that names devices or users. Safe for use by several threads. */
final class FakeDevices implements Devices {

    /** The id of a device that cannot be read. */
    static final String BROKEN = "broken";

    private static final String FIXED = "No device comes or goes while a job that names it is carried out";

    private final Map<String, Device> devices = new ConcurrentHashMap<>();

    /** Adds a user's Android device. */
    void add(String id, String user, String endpoint) {
        devices.put(
                id,
                new Device(
                        id, user, Provider.FCM, id, "android", "", "", Set.of(), Map.of(), Map.of(), endpoint, 1, 0));
    }

    @Override
    public Optional<Device> find(String id) {
        if (id.equals(BROKEN)) {
            throw new IllegalStateException("The table of devices does not answer");
        }
        return Optional.ofNullable(devices.get(id));
    }

    @Override
    public List<Device> ofUser(String user) {
        return devices.values().stream()
                .filter(device -> device.user().equals(user))
                .toList();
    }

    @Override
    public Optional<String> idOfToken(Provider provider, String token) {
        throw new UnsupportedOperationException(FIXED);
    }

    @Override
    public Page<String> inTopic(String topic, String since, int limit) {
        throw new UnsupportedOperationException(FIXED);
    }

    @Override
    public Page<Device> all(String since, int limit) {
        throw new UnsupportedOperationException(FIXED);
    }

    @Override
    public boolean save(Optional<Device> before, Device device) {
        throw new UnsupportedOperationException(FIXED);
    }

    @Override
    public boolean remove(Device device) {
        throw new UnsupportedOperationException(FIXED);
    }
}
