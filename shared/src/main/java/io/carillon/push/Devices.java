package io.carillon.push;

import java.util.List;
import java.util.Optional;

/**
 * Keeps the devices. All reads are strongly consistent, except {@link #all}.
 *
 * <p>Safe for use by several threads and processes.
 */
public interface Devices {

    /** Finds a device. */
    Optional<Device> find(String id);

    /** Finds the device that has a provider's token. */
    Optional<String> idOfToken(Provider provider, String token);

    /** Lists a user's devices. */
    List<Device> ofUser(String user);

    /** Lists the ids of a topic's devices, after {@code since}. */
    Page<String> inTopic(String topic, String since, int limit);

    /** Lists all devices in any order; {@code since} is the id of the last one of the part before, or empty. */
    Page<Device> all(String since, int limit);

    /**
     * Writes a device.
     *
     * @param before the device as it was read; empty if there was none
     * @return false, and nothing is changed, if it has changed meanwhile, or its token is another device's
     */
    boolean save(Optional<Device> before, Device device);

    /**
     * Deletes a device.
     *
     * @return false, and nothing is changed, if it has changed meanwhile
     */
    boolean remove(Device device);
}
