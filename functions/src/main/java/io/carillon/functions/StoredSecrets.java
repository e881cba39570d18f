package io.carillon.functions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.config.SecretSection;
import io.carillon.config.StaticHeaders;
import io.carillon.events.Json;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secrets of a function, which are not in its environment but in Secrets Manager; the environment names them. A
 * function is given only those that it uses.
 *
 * @param names the ARN of each secret
 * @param reader gives a secret's current text by its ARN
 */
record StoredSecrets(Map<SecretSection, String> names, UnaryOperator<String> reader) {

    private static final Logger LOG = LoggerFactory.getLogger(StoredSecrets.class);
    private static final SecureRandom RANDOM = new SecureRandom();

    StoredSecrets {
        names = Map.copyOf(names);
    }

    static StoredSecrets of(Map<String, String> environment, UnaryOperator<String> reader) {
        Map<SecretSection, String> names = new EnumMap<>(SecretSection.class);
        for (SecretSection section : SecretSection.values()) {
            String name = environment.getOrDefault(section.variable(), "");
            if (!name.isEmpty()) {
                names.put(section, name);
            }
        }
        return new StoredSecrets(names, reader);
    }

    /** Reads them all: one call for each. */
    Map<SecretSection, String> read() {
        Map<SecretSection, String> texts = new EnumMap<>(SecretSection.class);
        names.forEach((section, name) -> texts.put(section, reader.apply(name)));
        return texts;
    }

    /** Lays secrets over a configuration that was deployed without any. */
    static ObjectNode lay(Map<SecretSection, String> secrets, ObjectNode config) {
        ObjectNode whole = config;
        for (SecretSection section : SecretSection.values()) {
            if (secrets.containsKey(section)) {
                ObjectNode secret = Json.read(secrets.get(section), ObjectNode.class);
                if (section == SecretSection.PROXIES) {
                    warn(secret, config);
                }
                whole = section.lay(secret, whole);
            } else if (section != SecretSection.API && section.isNeededBy(config)) {
                whole = section.lay(unknown(section), whole);
            }
        }
        return whole;
    }

    /** A function that checks no tokens gets a key that nobody knows: a configuration without any is refused. */
    private static ObjectNode unknown(SecretSection section) {
        byte[] key = new byte[32];
        RANDOM.nextBytes(key);
        return section.standIn(HexFormat.of().formatHex(key));
    }

    /** Configuration and secret change one after the other: what does not fit yet must not keep a function from starting. */
    private static void warn(ObjectNode secret, ObjectNode config) {
        StaticHeaders.problems(secret, config)
                .forEach(problem -> LOG.warn("Static headers of proxies: {}; see docs/guides/proxies.md", problem));
    }
}
