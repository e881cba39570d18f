package io.carillon.local;

import io.carillon.config.Config;
import io.carillon.local.faults.FaultPlan;
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
 * @param faults what goes wrong in it
 * @param visibility how long a message that was received stays hidden: what failed is tried again after that
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
        Duration visibility) {

    /**
     * Longer than a delivery can take, so that two of one mailbox never overlap; AWS refuses an event source whose
     * function may run for longer than messages stay hidden. What a delivery can take is bounded by the account's quota
     * for posts: a publication to 100,000 connections keeps it busy for ten seconds, and a shard that is delivered at the
     * same time shares it. A shorter limit would kill such deliveries again and again. So this stays long, and is waited
     * for only after a function that died; what fails and lives hands its messages back at once ({@code MailRound}).
     */
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
                FaultPlan.NONE,
                VISIBILITY);
    }

    public RuntimeSettings withGateway(GatewaySettings other) {
        return new RuntimeSettings(config, other, storage, heartbeat, concurrency, clock, probes, faults, visibility);
    }

    public RuntimeSettings withStorage(Storage other) {
        return new RuntimeSettings(config, gateway, other, heartbeat, concurrency, clock, probes, faults, visibility);
    }

    public RuntimeSettings withHeartbeat(Duration period) {
        return new RuntimeSettings(config, gateway, storage, period, concurrency, clock, probes, faults, visibility);
    }

    public RuntimeSettings withClock(InstantSource other) {
        return new RuntimeSettings(config, gateway, storage, heartbeat, concurrency, other, probes, faults, visibility);
    }

    public RuntimeSettings withProbes(Probes other) {
        return new RuntimeSettings(config, gateway, storage, heartbeat, concurrency, clock, other, faults, visibility);
    }

    public RuntimeSettings withFaults(FaultPlan other) {
        return new RuntimeSettings(config, gateway, storage, heartbeat, concurrency, clock, probes, other, visibility);
    }

    public RuntimeSettings withVisibility(Duration other) {
        return new RuntimeSettings(config, gateway, storage, heartbeat, concurrency, clock, probes, faults, other);
    }

    /** How long a delivery may take: shorter than its messages are hidden. */
    Duration deliverTimeout() {
        return visibility.multipliedBy(5).dividedBy(6);
    }
}
