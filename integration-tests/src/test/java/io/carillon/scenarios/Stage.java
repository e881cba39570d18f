package io.carillon.scenarios;

import io.carillon.config.Config;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.Storage;
import io.carillon.local.backends.FileEndpoints;
import io.carillon.local.backends.LocalBackends;
import io.carillon.local.gateway.Cors;
import io.carillon.local.pages.DevPages;
import io.carillon.local.pages.FaultsPage;
import io.carillon.local.pages.MetricsPage;
import io.carillon.local.pages.QueuesPage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A world that runs: the local runtime with what scenarios need to know of it, and to tamper with it. */
final class Stage implements AutoCloseable {

    /** What failed is tried again within the patience of a scenario. */
    private static final Duration AGAIN = Duration.ofSeconds(15);

    private final World world;
    private final Config config;
    private final LocalRuntime runtime;
    private final Control control;
    private final Map<String, String> surroundings;
    private final Runnable end;
    private final LocalBackends backends;

    private Stage(World world, Storage storage, Map<String, String> surroundings, Runnable end) {
        this.world = world;
        this.surroundings = surroundings;
        this.end = end;
        FileEndpoints endpoints = world.endpoints();
        config = Config.read(endpoints.config());
        Map<String, Path> files = new HashMap<>(endpoints.files());
        files.putAll(world.functions());
        backends = new LocalBackends(files);
        FaultsPage faults = new FaultsPage();
        QueuesPage queues = new QueuesPage();
        MetricsPage metrics = new MetricsPage();
        DevPages pages = new DevPages(config, faults, metrics, queues);
        runtime = LocalRuntime.start(
                RuntimeSettings.of(config)
                        .withStorage(storage)
                        .withGateway(world.gateway()
                                .withCors(Cors.where(config.client().allowedOrigins())))
                        .withVisibility(AGAIN),
                pages,
                ports -> ports.withBackends(backends));
        faults.show(runtime.faults());
        queues.show(runtime.failedMails(), runtime.failedPushes());
        metrics.show(runtime.metrics());
        pages.showPushes(runtime::sentPushes);
        control = Control.of(runtime);
    }

    /** Sets it with everything in this JVM. */
    static Stage set(World world) {
        return new Stage(world, new Storage.InMemory(), Map.of("CARILLON_PATIENCE", "3"), () -> {});
    }

    /** Sets it with tables, queues and topics at an address, where they are gone when it is closed. */
    static Stage set(World world, URI address) {
        Emulator emulator = Emulator.at(address);
        try {
            return new Stage(world, emulator.storage(), emulator.environment(), emulator::close);
        } catch (RuntimeException e) {
            throw new AssertionError("The local runtime does not start with the AWS at " + address, e);
        }
    }

    World world() {
        return world;
    }

    /** What scenarios read from their environment. */
    Map<String, String> environment() {
        Map<String, String> all = new HashMap<>(surroundings);
        all.putAll(Map.of(
                "CARILLON_URL", "http://127.0.0.1:" + runtime.port(),
                "CARILLON_API_KEY", config.httpApi().key(),
                "CARILLON_SECRET", config.client().token().hmacSecretKey(),
                "CARILLON_CONTROL", control.url()));
        return all;
    }

    @Override
    public void close() {
        control.close();
        runtime.close();
        end.run();
        backends.close();
    }
}
