package io.carillon.local.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads YAML, and so JSON, into trees, or into records with {@code snake_case} keys: no key may be there twice, and of a
 * record none may be missing or unknown. Aliases are resolved.
 */
public final class StrictYaml {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private StrictYaml() {}

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it cannot be read or is not such a record; says what to change
     */
    public static <T> T read(Path file, Class<T> type) {
        try {
            return read(Files.readString(file), file.toString(), type);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: it must be a file in UTF-8", e);
        }
    }

    /** Reads a resource that lies beside a class. */
    public static <T> T resource(Class<?> beside, String name, Class<T> type) {
        return read(text(beside, name), name, type);
    }

    /** Gives a resource that lies beside a class as it is. */
    public static String text(Class<?> beside, String name) {
        try (InputStream resource = beside.getResourceAsStream(name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " is missing from the build", e);
        }
    }

    /**
     * Reads a text.
     *
     * @param name what errors call it
     * @throws IllegalArgumentException if it is not such a record; says what to change
     */
    public static <T> T read(String text, String name, Class<T> type) {
        try {
            LoaderOptions options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            Object value = new Yaml(new SafeConstructor(options)).load(text);
            return MAPPER.treeToValue(MAPPER.valueToTree(value == null ? Map.of() : value), type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(new YamlProblem(text, name).of(e), e);
        } catch (YAMLException e) {
            throw new IllegalArgumentException(new YamlProblem(text, name).of(e), e);
        }
    }

    /** Gives the line of a key of a text that {@link #read} has read. */
    public static int line(String text, String key) {
        return YamlLines.of(text, List.of(key));
    }
}
