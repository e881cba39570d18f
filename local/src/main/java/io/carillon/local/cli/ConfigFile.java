package io.carillon.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.carillon.config.Config;
import io.carillon.config.InvalidConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a configuration in JSON or YAML; without a file, the one for development. */
final class ConfigFile {

    private static final String DEVELOPMENT = "/io/carillon/local/dev.yaml";

    private ConfigFile() {}

    /**
     * Reads a configuration.
     *
     * @throws Misconfigured if it cannot be read, with each key that is wrong
     */
    static Config read(Optional<Path> file) {
        String name = file.map(Path::toString).orElse("the development configuration");
        try {
            return Config.read(file.isPresent() ? tree(file.get()) : development());
        } catch (InvalidConfig e) {
            throw new Misconfigured(
                    name + " is wrong:\n" + e.getMessage().indent(2).stripTrailing());
        }
    }

    private static JsonNode tree(Path file) {
        try {
            return mapper(file).readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new Misconfigured(file + " cannot be read: " + e.getOriginalMessage() + " (line "
                    + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ")");
        } catch (IOException e) {
            throw new Misconfigured(file + " cannot be read: does it exist?");
        }
    }

    private static ObjectMapper mapper(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".yaml") || name.endsWith(".yml") ? new YAMLMapper() : new JsonMapper();
    }

    private static JsonNode development() {
        try (InputStream resource = ConfigFile.class.getResourceAsStream(DEVELOPMENT)) {
            return new YAMLMapper().readTree(resource);
        } catch (IOException e) {
            throw new UncheckedIOException("The development configuration is missing from the build", e);
        }
    }
}
