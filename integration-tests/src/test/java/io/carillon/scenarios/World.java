package io.carillon.scenarios;

import io.carillon.config.Config;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.gateway.GatewaySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A deployment that scenarios run against: one folder of {@code scenarios/}, with its configuration and the scenarios
 * that need it.
 */
enum World {
    STANDARD("standard"),
    INSECURE("insecure"),
    HEARTBEAT("heartbeat"),
    SMALL_SHARDS("small-shards"),
    IDLE("idle", gateway -> gateway.withIdleTimeout(Duration.ofSeconds(2))),
    LIFETIME("lifetime", gateway -> gateway.withLifetime(Duration.ofSeconds(3)));

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

    RuntimeSettings settings() {
        try {
            Config config = Config.read(Files.readString(NodeRun.SCENARIOS.resolve(folder, "config.json")));
            return RuntimeSettings.of(config).withGateway(limits.apply(GatewaySettings.defaults()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lists the files of scenarios, in the order of their names. */
    List<Path> scenarios() {
        try (Stream<Path> files = Files.list(NodeRun.SCENARIOS.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".scenario.js"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
