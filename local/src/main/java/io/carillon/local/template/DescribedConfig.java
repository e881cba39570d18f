package io.carillon.local.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.config.Config;
import io.carillon.config.InvalidConfig;
import io.carillon.config.PackedConfig;
import io.carillon.config.SecretSection;
import io.carillon.events.Json;

/**
 * The configuration that a function is deployed with.
 *
 * @param tree without secrets, as it is in the template
 * @param config what the function makes of it, with secrets that stand in
 */
record DescribedConfig(ObjectNode tree, Config config) {

    static DescribedConfig of(DescribedFunction function) {
        String packed = function.variable("CARILLON_CONFIG").asText();
        try {
            ObjectNode tree = Json.read(PackedConfig.unpack(packed), ObjectNode.class);
            return new DescribedConfig(tree, Config.read(withSecrets(tree)));
        } catch (InvalidConfig | IllegalArgumentException e) {
            throw new InvalidTemplate("CARILLON_CONFIG of " + function + ": " + e.getMessage());
        }
    }

    /** The template has no secrets, without which a configuration is refused; anything stands in for them. */
    private static ObjectNode withSecrets(ObjectNode tree) {
        ObjectNode whole = tree;
        for (SecretSection section : SecretSection.values()) {
            if (section.isNeededBy(tree)) {
                whole = section.lay(section.standIn("stands-in"), whole);
            }
        }
        return whole;
    }

    boolean needs(SecretSection section) {
        return section.isNeededBy(tree);
    }
}
