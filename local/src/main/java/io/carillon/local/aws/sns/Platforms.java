package io.carillon.local.aws.sns;

import io.carillon.deployment.ApplicationArn;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps platform applications and their endpoints as SNS does: creating an endpoint again gives the same one, unless it
 * has other attributes by now.
 *
 * <p>Safe for use by several threads.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/api/API_CreatePlatformEndpoint.html">CreatePlatformEndpoint</a>
 */
final class Platforms {

    private static final Set<String> SERVED = new TreeSet<>(Set.of("GCM", "APNS", "APNS_SANDBOX"));

    private static final String CREDENTIAL = "PlatformCredential";

    private final String arnPrefix;
    private final Map<String, Map<String, String>> applications = new ConcurrentHashMap<>();
    private final Map<String, PlatformEndpoint> endpoints = new ConcurrentHashMap<>();

    Platforms(String region, String account) {
        this.arnPrefix = "arn:aws:sns:" + region + ":" + account + ":";
    }

    /** Makes an application; one that is there with other attributes is an error. */
    synchronized String createApplication(String name, String platform, Map<String, String> attributes) {
        if (!SERVED.contains(platform)) {
            throw SnsException.invalidParameter("Platform Reason: the local SNS serves " + String.join(", ", SERVED));
        }
        if (attributes.getOrDefault(CREDENTIAL, "").isEmpty()) {
            throw SnsException.invalidParameter("Attributes Reason: Platform credentials are invalid");
        }
        String arn = arnPrefix + "app/" + platform + "/" + name;
        Map<String, String> there = applications.putIfAbsent(arn, Map.copyOf(attributes));
        if (there != null && !there.equals(attributes)) {
            throw SnsException.invalidParameter("Attributes Reason: An application with the same name already exists"
                    + " with different attributes");
        }
        return arn;
    }

    /** Changes what is named, and leaves the rest. */
    synchronized void changeApplication(String arn, Map<String, String> attributes) {
        Map<String, String> changed = new HashMap<>(application(arn));
        changed.putAll(attributes);
        applications.put(arn, Map.copyOf(changed));
    }

    /** Deletes an application with its endpoints; one that is gone is no error. */
    synchronized void deleteApplication(String arn) {
        applications.remove(arn);
        endpoints.keySet().removeIf(endpoint -> endpoint.startsWith(ApplicationArn.endpoints(arn)));
    }

    private Map<String, String> application(String arn) {
        return Optional.ofNullable(applications.get(arn))
                .orElseThrow(() -> SnsException.notFound("PlatformApplication"));
    }

    synchronized String createEndpoint(String application, String token, String userData, boolean enabled) {
        application(application);
        String platform = ApplicationArn.read(application).platform();
        String prefix = ApplicationArn.endpoints(application);
        for (PlatformEndpoint endpoint : endpoints.values()) {
            if (endpoint.arn().startsWith(prefix) && endpoint.token().equals(token)) {
                if (endpoint.enabled() != enabled || !endpoint.userData().equals(userData)) {
                    throw SnsException.invalidParameter("Token Reason: Endpoint " + endpoint.arn()
                            + " already exists with the same Token, but different attributes.");
                }
                return endpoint.arn();
            }
        }
        String arn = prefix + UUID.randomUUID();
        endpoints.put(arn, new PlatformEndpoint(arn, platform, token, userData, enabled));
        return arn;
    }

    PlatformEndpoint endpoint(String arn) {
        return find(arn).orElseThrow(() -> SnsException.notFound("Endpoint"));
    }

    /** Finds where to publish; SNS words it otherwise than for its other calls. */
    PlatformEndpoint target(String arn) {
        return find(arn)
                .orElseThrow(() -> SnsException.invalidParameter(
                        "TargetArn Reason: No endpoint found for the target arn specified"));
    }

    private Optional<PlatformEndpoint> find(String arn) {
        return Optional.ofNullable(endpoints.get(arn));
    }

    /** Changes what is named, and leaves the rest. */
    synchronized void change(String arn, Map<String, String> attributes) {
        PlatformEndpoint endpoint = endpoint(arn);
        endpoints.put(
                arn,
                endpoint.with(
                        attributes.getOrDefault("Token", endpoint.token()),
                        attributes.getOrDefault("CustomUserData", endpoint.userData()),
                        Boolean.parseBoolean(
                                attributes.getOrDefault("Enabled", Boolean.toString(endpoint.enabled())))));
    }

    /** Deletes an endpoint; one that is gone is no error. */
    void delete(String arn) {
        endpoints.remove(arn);
    }
}
