package io.carillon.scenarios;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.carillon.local.LocalRuntime;
import io.carillon.local.backends.FileEndpoints;
import io.carillon.local.gateway.GatewaySettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A deployment that scenarios run against: one folder of {@code scenarios/}, with its configuration and the scenarios
 * that need it. Without a configuration of its own it has the one of {@code ./carillon dev}.
 */
enum World {
    STANDARD("standard"),
    INSECURE("insecure"),
    BACKENDS("backends"),
    EVENTS("events"),
    HEARTBEAT("heartbeat"),
    SMALL_SHARDS("small-shards"),
    IDLE("idle", gateway -> gateway.withIdleTimeout(Duration.ofSeconds(2))),
    LIFETIME("lifetime", gateway -> gateway.withLifetime(Duration.ofSeconds(3))),
    BROWSER("browser"),
    PHONE("phone");

    private static final String DEVELOPMENT = "/io/carillon/local/dev.yaml";

    private final String folder;
    private final UnaryOperator<GatewaySettings> limits;

    World(String folder) {
        this(folder, UnaryOperator.identity());
    }

    World(String folder, UnaryOperator<GatewaySettings> limits) {
        this.folder = folder;
        this.limits = limits;
    }

    String folder() {
        return folder;
    }

    GatewaySettings gateway() {
        return limits.apply(GatewaySettings.defaults());
    }

    /** Reads the configuration; files among its endpoints lie beside it. */
    FileEndpoints endpoints() {
        Path own = NodeRun.SCENARIOS.resolve(folder, "config.json");
        try (InputStream file =
                Files.exists(own) ? Files.newInputStream(own) : LocalRuntime.class.getResourceAsStream(DEVELOPMENT)) {
            return FileEndpoints.in(
                    (Files.exists(own) ? new JsonMapper() : new YAMLMapper()).readTree(file), own.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the files of the functions whose ARNs are in the configuration, by their names. */
    Map<String, Path> functions() {
        return this == BACKENDS ? Map.of("rooms", NodeRun.SCENARIOS.resolve(folder, "Rooms.java")) : Map.of();
    }

    /** Lists the files whose names have this ending, in the order of their names. */
    List<Path> files(String ending) {
        try (Stream<Path> files = Files.list(NodeRun.SCENARIOS.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
