package io.carillon.push;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A device that can get notifications.
 *
 * @param id names it, in all of a deployment
 * @param user whose it is; empty for nobody's
 * @param provider who brings notifications to it
 * @param token the provider's name for it
 * @param platform {@code ios}, {@code android} or {@code web}
 * @param locale its user's language, such as {@code en-GB}; may be empty
 * @param timezone such as {@code Europe/Zurich}; may be empty
 * @param topics at most {@link #MAX_TOPICS}
 * @param endpoint ARN of its SNS platform endpoint
 * @param version counts its changes, from 1
 * @param updatedAt when it was last registered or changed, in seconds since 1970
 */
public record Device(
        String id,
        String user,
        Provider provider,
        String token,
        String platform,
        String locale,
        String timezone,
        Set<String> topics,
        Map<String, String> tags,
        Map<String, String> meta,
        String endpoint,
        long version,
        long updatedAt) {

    /** A device and its topics are written in one transaction, which takes 100 items. */
    public static final int MAX_TOPICS = 40;

    /** Each has an endpoint, and gets what its user is told: one user must not multiply that at will. */
    public static final int MAX_PER_USER = 20;

    static final List<String> PLATFORMS = List.of("ios", "android", "web");

    public Device {
        topics = Set.copyOf(topics);
        tags = Map.copyOf(tags);
        meta = Map.copyOf(meta);
    }

    /** The same with other topics. */
    public Device withTopics(Set<String> others) {
        return new Device(
                id, user, provider, token, platform, locale, timezone, others, tags, meta, endpoint, version,
                updatedAt);
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return "Device[id=" + id + ", user=" + user + ", provider=" + provider + ", topics=" + topics + "]";
    }
}
