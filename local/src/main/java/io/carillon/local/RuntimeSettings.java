package io.carillon.local;

import io.carillon.config.Config;
import io.carillon.local.faults.Faults;
import io.carillon.local.gateway.GatewaySettings;
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
 * @param visibility how long a delivery that failed waits for its repetition: whole seconds, from 2 on
 * @param faults how it misbehaves; belongs to one runtime, which closes it
 */
public record RuntimeSettings(
        Config config,
        GatewaySettings gateway,
        Storage storage,
        Duration heartbeat,
        int concurrency,
        InstantSource clock,
        Probes probes,
        Duration visibility,
        Faults faults) {

    /** Longer than a delivery can take, so that two of one mailbox never overlap. */
    private static final Duration VISIBILITY = Duration.ofSeconds(30);

    /** A runtime on a free port that forgets everything when it ends. */
    public static RuntimeSettings of(Config config) {
        return new RuntimeSettings(
                config,
                GatewaySettings.defaults(),
                new Storage.InMemory(),
                Duration.ofMinutes(1),
                1_000,
                InstantSource.system(),
                Probes.none(),
                VISIBILITY,
                new Faults());
    }

    public RuntimeSettings withGateway(GatewaySettings other) {
        return new RuntimeSettings(config, other, storage, heartbeat, concurrency, clock, probes, visibility, faults);
    }

    public RuntimeSettings withStorage(Storage other) {
        return new RuntimeSettings(config, gateway, other, heartbeat, concurrency, clock, probes, visibility, faults);
    }

    public RuntimeSettings withHeartbeat(Duration period) {
        return new RuntimeSettings(config, gateway, storage, period, concurrency, clock, probes, visibility, faults);
    }

    public RuntimeSettings withClock(InstantSource other) {
        return new RuntimeSettings(config, gateway, storage, heartbeat, concurrency, other, probes, visibility, faults);
    }

    public RuntimeSettings withProbes(Probes other) {
        return new RuntimeSettings(config, gateway, storage, heartbeat, concurrency, clock, other, visibility, faults);
    }

    public RuntimeSettings withFaults(Faults other) {
        return new RuntimeSettings(config, gateway, storage, heartbeat, concurrency, clock, probes, visibility, other);
    }

    public RuntimeSettings withVisibility(Duration other) {
        return new RuntimeSettings(config, gateway, storage, heartbeat, concurrency, clock, probes, other, faults);
    }

    /** How long a delivery may take: shorter than its messages are hidden. */
    Duration deliverTimeout() {
        return visibility.multipliedBy(5).dividedBy(6);
    }
}
