package io.carillon.local.regions;

import io.carillon.config.Config;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.Storage;
import io.carillon.local.faults.FaultPlan;

/** Starts a deployment with tables of its own. */
final class Region {

    /** How the names of its tables begin: what the runtime's own template says. */
    static final String PREFIX = "carillon-dev-";

    private Region() {}

    static LocalRuntime start(String mark, Storage storage) {
        return start(mark, storage, FaultPlan.NONE);
    }

    static LocalRuntime start(String mark, Storage storage, FaultPlan faults) {
        Config config = Config.read("""
                {
                  "client": {"insecure": true, "allow_anonymous_connect_without_token": true},
                  "http_api": {"key": "key"},
                  "carillon": {"epoch_mark": "%s"},
                  "channel": {"without_namespace":
                    {"history_size": 1000, "history_ttl": "1h", "force_recovery": true,
                     "allow_subscribe_for_client": true}}
                }""".formatted(mark));
        return LocalRuntime.start(
                RuntimeSettings.of(config).withStorage(storage).withFaults(faults));
    }
}
