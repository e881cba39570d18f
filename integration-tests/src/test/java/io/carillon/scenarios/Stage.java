package io.carillon.scenarios;

import io.carillon.config.Config;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.gateway.Cors;
import io.carillon.local.pages.DevPages;
import io.carillon.local.pages.FaultsPage;
import java.util.Map;

/** A world that runs: the local runtime with what scenarios need to know of it, and to tamper with it. */
final class Stage implements AutoCloseable {

    private final World world;
    private final Config config;
    private final LocalRuntime runtime;
    private final Control control;

    private Stage(World world) {
        this.world = world;
        config = world.config();
        FaultsPage faults = new FaultsPage();
        runtime = LocalRuntime.start(
                RuntimeSettings.of(config)
                        .withGateway(world.gateway()
                                .withCors(Cors.where(config.client().allowedOrigins()))),
                new DevPages(config, faults));
        faults.show(runtime.faults());
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
