package io.carillon.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.config.Config;
import io.carillon.config.InvalidConfig;
import io.carillon.local.backends.FileEndpoints;
import io.carillon.local.files.StrictYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads a configuration in JSON or YAML; without a file, the one for development. */
final class ConfigFile {

    private static final String DEVELOPMENT = "/io/carillon/local/dev.yaml";

    private static final ObjectMapper STRICT_JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ConfigFile() {}

    /**
     * Reads a configuration.
     *
     * @throws Misconfigured if it cannot be read, with each key that is wrong
     */
    static Config read(Optional<Path> file) {
        String name = file.map(Path::toString).orElse("the development configuration");
        try {
            return Config.read(document(file));
        } catch (InvalidConfig e) {
            throw new Misconfigured(
                    name + " is wrong:\n" + e.getMessage().indent(2).stripTrailing());
        }
    }

    /**
     * Reads what may be a configuration without its secrets, or secrets without their configuration.
     *
     * @throws Misconfigured if it cannot be read
     */
    static ObjectNode tree(Optional<Path> file) {
        if (document(file) instanceof ObjectNode object) {
            return object;
        }
        throw new Misconfigured(
                file.map(Path::toString).orElse(DEVELOPMENT) + " must hold an object, such as {\"channel\": {}}");
    }

    private static JsonNode document(Optional<Path> file) {
        return file.isPresent()
                ? endpoints(file.get()).config()
                : StrictYaml.resource(ConfigFile.class, DEVELOPMENT, JsonNode.class);
    }

    /** Lists the functions that its proxies name as files, by their names. */
    static Map<String, Path> functions(Optional<Path> file) {
        return file.map(path -> endpoints(path).files()).orElse(Map.of());
    }

    private static FileEndpoints endpoints(Path file) {
        return FileEndpoints.in(tree(file), file.toAbsolutePath().getParent());
    }

    private static JsonNode tree(Path file) {
        try {
            String text = Files.readString(file);
            return isYaml(file) ? StrictYaml.read(text, file.toString(), JsonNode.class) : STRICT_JSON.readTree(text);
        } catch (IllegalArgumentException e) {
            throw new Misconfigured(e.getMessage());
        } catch (JsonProcessingException e) {
            throw new Misconfigured(file + " cannot be read: " + e.getOriginalMessage() + " (line "
                    + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ")");
        } catch (NoSuchFileException e) {
            throw new Misconfigured(file + " does not exist");
        } catch (IOException e) {
            throw new Misconfigured(file + " cannot be read: it must be a file in UTF-8");
        }
    }

    private static boolean isYaml(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }
}
