package io.carillon.local.doctor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.config.Config;
import io.carillon.config.InvalidConfig;
import io.carillon.config.SecretKeys;
import io.carillon.config.SecretSection;
import java.util.EnumSet;
import java.util.Set;

/**
 * A deployment's configuration, with those of its secrets that are known: a deployed configuration holds none, since they
 * are in Secrets Manager.
 *
 * @param config the configuration; what stands in for an unknown secret is worth nothing
 * @param unknown the sections whose secret is not known
 */
public record KnownConfig(Config config, Set<SecretSection> unknown) {

    public KnownConfig {
        unknown = Set.copyOf(unknown);
    }

    /** Takes a configuration that says all. */
    public static KnownConfig whole(Config config) {
        return new KnownConfig(config, Set.of());
    }

    /**
     * Takes a configuration with the secrets that are known, and notes which are not.
     *
     * @throws InvalidConfig with every key that is wrong
     */
    public static KnownConfig of(ObjectNode laid) {
        Set<SecretSection> unknown = EnumSet.noneOf(SecretSection.class);
        for (SecretSection section : Set.of(SecretSection.API, SecretSection.TOKEN, SecretSection.SUBSCRIPTION_TOKEN)) {
            if (section.isNeededBy(laid) && !holds(laid, section)) {
                unknown.add(section);
            }
        }
        return new KnownConfig(Config.read(withStandIns(laid, unknown)), unknown);
    }

    private static boolean holds(ObjectNode tree, SecretSection section) {
        String prefix = switch (section) {
            case API -> "http_api.key";
            case TOKEN -> "client.token.hmac_secret_key";
            default -> "client.subscription_token.hmac_secret_key";
        };
        return SecretKeys.setIn(tree).stream().anyMatch(path -> path.startsWith(prefix));
    }

    /** A configuration without any key for tokens is refused. One without an API key is not. */
    private static ObjectNode withStandIns(ObjectNode tree, Set<SecretSection> unknown) {
        ObjectNode whole = tree;
        for (SecretSection section : unknown) {
            if (section != SecretSection.API) {
                whole = section.lay(
                        JsonNodeFactory.instance.objectNode().put("hmac_secret_key", "it-is-not-known-but-long-enough"),
                        whole);
            }
        }
        return whole;
    }

    /** Says whether a secret is known, or none is needed. */
    boolean knows(SecretSection section) {
        return !unknown.contains(section);
    }
}
