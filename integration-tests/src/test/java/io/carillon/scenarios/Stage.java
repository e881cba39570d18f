package io.carillon.scenarios;

import io.carillon.config.Config;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.gateway.Cors;
import io.carillon.local.pages.DevPages;
import io.carillon.local.pages.FaultsPage;
import io.carillon.local.pages.MetricsPage;
import io.carillon.local.pages.QueuesPage;
import java.time.Duration;
import java.util.Map;

/** A world that runs: the local runtime with what scenarios need to know of it, and to tamper with it. */
final class Stage implements AutoCloseable {

    /** What failed is tried again within the patience of a scenario. */
    private static final Duration AGAIN = Duration.ofSeconds(15);

    private final World world;
    private final Config config;
    private final LocalRuntime runtime;
    private final Control control;

    private Stage(World world) {
        this.world = world;
        config = world.config();
        FaultsPage faults = new FaultsPage();
        QueuesPage queues = new QueuesPage();
        MetricsPage metrics = new MetricsPage();
        DevPages pages = new DevPages(config, faults, metrics, queues);
        runtime = LocalRuntime.start(
                RuntimeSettings.of(config)
                        .withGateway(world.gateway()
                                .withCors(Cors.where(config.client().allowedOrigins())))
                        .withVisibility(AGAIN),
                pages);
        faults.show(runtime.faults());
        queues.show(runtime.failedMails(), runtime.failedPushes());
        metrics.show(runtime.metrics());
        pages.showPushes(runtime::sentPushes);
        control = Control.of(runtime);
    }

    static Stage set(World world) {
        return new Stage(world);
    }

    World world() {
        return world;
    }

    /** What scenarios read from their environment. */
    Map<String, String> environment() {
        return Map.of(
                "CARILLON_URL", "http://127.0.0.1:" + runtime.port(),
                "CARILLON_API_KEY", config.httpApi().key(),
                "CARILLON_SECRET", config.client().token().hmacSecretKey(),
                "CARILLON_CONTROL", control.url());
    }

    @Override
    public void close() {
        control.close();
        runtime.close();
    }
}
