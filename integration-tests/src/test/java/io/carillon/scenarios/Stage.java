package io.carillon.scenarios;

import io.carillon.local.LocalRuntime;
import java.util.HashMap;
import java.util.Map;

/** A world that runs: the local runtime with what scenarios need to know of it, and to tamper with it. */
final class Stage implements AutoCloseable {

    private final World world;
    private final LocalRuntime runtime;
    private final Control control;

    private Stage(World world, LocalRuntime runtime) {
        this.world = world;
        this.runtime = runtime;
        this.control = Control.of(runtime);
    }

    static Stage set(World world) {
        return new Stage(world, LocalRuntime.start(world.settings()));
    }

    World world() {
        return world;
    }

    /** What scenarios read from their environment; secrets are the same everywhere. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("CARILLON_URL", "http://127.0.0.1:" + runtime.port());
        environment.put("CARILLON_CONTROL", control.url());
        return environment;
    }

    @Override
    public void close() {
        control.close();
        runtime.close();
    }
}
