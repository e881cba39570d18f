package io.carillon.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.config.Config;
import io.carillon.config.InvalidConfig;
import io.carillon.config.SecretSection;
import io.carillon.events.Json;
import io.carillon.local.aws.DeployedStage;
import io.carillon.local.doctor.Finding;
import io.carillon.local.doctor.KnownConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A deployment's configuration and its secrets, which it does not hold: from Secrets Manager, a file, or an option. */
final class KnownSecrets {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "The deployed configuration, JSON or YAML, with or without its secrets (default: what is deployed"
                            + " as --stage, else the one of ./carillon dev).")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--secrets",
            paramLabel = "FILE",
            description =
                    "What the configuration does not say, in the same form, such as {\"http_api\":{\"key\":\"…\"}}"
                            + " (default: what Secrets Manager has, if --stage is named).")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--key",
            defaultValue = "${env:CARILLON_API_KEY}",
            description = "An API key, before all others (default: the variable CARILLON_API_KEY).")
    private Optional<String> key = Optional.empty();

    /** What reading it came to; the findings say what could not be read. */
    record Read(KnownConfig config, List<Finding> found) {}

    /**
     * Reads all.
     *
     * @param isLocal whether it is about ./carillon dev, whose configuration holds its secrets
     * @throws Misconfigured if the configuration is wrong, with each key
     */
    Read read(Optional<DeployedStage> stage, boolean isLocal) {
        ObjectNode tree = config.isEmpty() && stage.isPresent() ? stage.get().config() : ConfigFile.tree(config);
        Map<SecretSection, ObjectNode> secrets = new EnumMap<>(SecretSection.class);
        List<Finding> found = new ArrayList<>();
        if (stage.isPresent()) {
            try {
                secrets.putAll(stage.get().secrets());
            } catch (IllegalStateException e) {
                found.add(new Finding(
                        Finding.Grade.WARNING,
                        "secrets",
                        e.getMessage(),
                        "allow secretsmanager:GetSecretValue, or name them with --secrets or --key"));
            }
        }
        try {
            Optional<Config> whole = isLocal && file.isEmpty() && key.isEmpty() ? whole(tree) : Optional.empty();
            if (whole.isPresent()) {
                return new Read(KnownConfig.whole(whole.get()), found);
            }
            ObjectNode laid = tree;
            for (Map.Entry<SecretSection, ObjectNode> secret : secrets.entrySet()) {
                laid = secret.getKey().lay(secret.getValue(), laid);
            }
            if (file.isPresent()) {
                laid = merge(ConfigFile.tree(file), laid);
            }
            if (key.isPresent()) {
                laid.withObject("/http_api").put("key", key.get());
            }
            return new Read(KnownConfig.of(laid), found);
        } catch (InvalidConfig e) {
            throw new Misconfigured(
                    name() + " is wrong:\n" + e.getMessage().indent(2).stripTrailing());
        }
    }

    /** Reads a configuration that holds its secrets; empty if it does not. */
    private static Optional<Config> whole(ObjectNode tree) {
        try {
            return Optional.of(Config.read(tree));
        } catch (InvalidConfig e) {
            return Optional.empty();
        }
    }

    private String name() {
        return config.or(() -> file).map(Path::toString).orElse("the configuration");
    }

    private static ObjectNode merge(JsonNode secrets, ObjectNode tree) {
        try {
            return Json.mapper().readerForUpdating(tree.deepCopy()).readValue(secrets);
        } catch (IOException e) {
            throw new Misconfigured("--secrets cannot be laid over the configuration: " + e.getMessage());
        }
    }
}
