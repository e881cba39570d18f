package io.carillon.local;

import io.carillon.config.Config;
import io.carillon.local.faults.FaultPlan;
import io.carillon.local.gateway.GatewaySettings;
import io.carillon.local.template.Description;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Says what the local runtime runs, and how closely it keeps to AWS's limits.
 *
 * @param config the deployment's configuration
 * @param gateway where API Gateway listens, and its limits
 * @param storage where tables and queues are
 * @param heartbeat how often the heartbeat function runs; a minute on AWS
 * @param concurrency how many invocations may run at the same time in the account
 * @param clock what the functions take the time from
 * @param probes what stands in the ways of it
 * @param faults what goes wrong in it
 * @param description what is deployed: functions, routes, tables, queues, and what invokes what
 */
public record RuntimeSettings(
        Config config,
        GatewaySettings gateway,
        Storage storage,
        Duration heartbeat,
        int concurrency,
        InstantSource clock,
        Probes probes,
        FaultPlan faults,
        Description description) {

    /** A runtime on a free port that forgets everything when it ends. */
    public static RuntimeSettings of(Config config) {
        return new RuntimeSettings(
                config,
                GatewaySettings.defaults(),
                new Storage.InMemory(),
                Description.standard().schedule().period(),
                1_000,
                InstantSource.system(),
                Probes.none(),
                FaultPlan.NONE,
                Description.standard());
    }

    public RuntimeSettings withGateway(GatewaySettings other) {
        return new RuntimeSettings(config, other, storage, heartbeat, concurrency, clock, probes, faults, description);
    }

    public RuntimeSettings withStorage(Storage other) {
        return new RuntimeSettings(config, gateway, other, heartbeat, concurrency, clock, probes, faults, description);
    }

    public RuntimeSettings withHeartbeat(Duration period) {
        return new RuntimeSettings(config, gateway, storage, period, concurrency, clock, probes, faults, description);
    }

    public RuntimeSettings withClock(InstantSource other) {
        return new RuntimeSettings(
                config, gateway, storage, heartbeat, concurrency, other, probes, faults, description);
    }

    public RuntimeSettings withProbes(Probes other) {
        return new RuntimeSettings(config, gateway, storage, heartbeat, concurrency, clock, other, faults, description);
    }

    public RuntimeSettings withFaults(FaultPlan other) {
        return new RuntimeSettings(config, gateway, storage, heartbeat, concurrency, clock, probes, other, description);
    }

    /** Hides received messages for another time: what a function that died had is tried again after that. */
    public RuntimeSettings withVisibility(Duration other) {
        return new RuntimeSettings(
                config,
                gateway,
                storage,
                heartbeat,
                concurrency,
                clock,
                probes,
                faults,
                description.withVisibility(other));
    }

    /** Takes the throttles of both APIs away, to measure what is behind them. */
    public RuntimeSettings withoutThrottles() {
        return new RuntimeSettings(
                config,
                gateway,
                storage,
                heartbeat,
                concurrency,
                clock,
                probes,
                faults,
                description.withoutThrottles());
    }

    /** Runs what another template describes, with its heartbeat. */
    public RuntimeSettings withDescription(Description other) {
        return new RuntimeSettings(
                config, gateway, storage, other.schedule().period(), concurrency, clock, probes, faults, other);
    }
}
