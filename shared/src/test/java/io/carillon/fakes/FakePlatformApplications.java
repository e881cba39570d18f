package io.carillon.fakes;

import io.carillon.deployment.PlatformApplications;
import java.util.HashMap;
import java.util.Map;

/** Platform applications in memory: by ARN, the attributes of those that are there. */
public final class FakePlatformApplications implements PlatformApplications {

    private final Map<String, Map<String, String>> there = new HashMap<>();

    @Override
    public void put(String arn, Map<String, String> attributes) {
        there.put(arn, attributes);
    }

    @Override
    public void delete(String arn) {
        there.remove(arn);
    }

    /** Gives those that are there. */
    public Map<String, Map<String, String>> there() {
        return Map.copyOf(there);
    }
}
