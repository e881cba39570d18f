package io.carillon.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.carillon.config.Config;
import io.carillon.config.InvalidConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

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
            return Config.read(file.isPresent() ? tree(file.get()) : development());
        } catch (InvalidConfig e) {
            throw new Misconfigured(
                    name + " is wrong:\n" + e.getMessage().indent(2).stripTrailing());
        }
    }

    private static JsonNode tree(Path file) {
        try {
            String text = Files.readString(file);
            return isYaml(file) ? yaml(text) : STRICT_JSON.readTree(text);
        } catch (YAMLException e) {
            throw new Misconfigured(file + " cannot be read: " + e.getMessage());
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

    /** Reads YAML whole: a tree reader would take an alias for a text, and a secret for the name of its anchor. */
    private static JsonNode yaml(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Object value = new Yaml(new SafeConstructor(options)).load(text);
        return STRICT_JSON.valueToTree(value == null ? Map.of() : value);
    }

    private static JsonNode development() {
        try (InputStream resource = ConfigFile.class.getResourceAsStream(DEVELOPMENT)) {
            return yaml(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The development configuration is missing from the build", e);
        }
    }
}
