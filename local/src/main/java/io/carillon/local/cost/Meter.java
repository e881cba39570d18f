package io.carillon.local.cost;

import io.carillon.local.Probes;
import io.carillon.local.calls.CallFilter;
import java.util.List;
import java.util.Map;

/**
 * Counts what AWS would bill for a local runtime, from when it is put into it with {@link #probes}: messages and
 * connection minutes, HTTP requests, invocations and their duration, units of DynamoDB, requests of SQS and SNS, logs.
 *
 * <p>Durations are those measured on this machine: only with the latency model between them and Lambda do they come
 * near to AWS's. Safe for use by several threads.
 */
public final class Meter implements AutoCloseable {

    private final Deployment deployment;
    private final Counters counters = new Counters();
    private final MeteredGateway gateway = new MeteredGateway(counters, System::nanoTime);
    private final CallFilter calls = new MeteredCalls(counters);
    private final MeteredLog log = new MeteredLog(counters);

    /** Starts at nothing, for functions deployed like this. */
    public Meter(Deployment deployment) {
        this.deployment = deployment;
        log.attach();
    }

    /** Gives what counts, to stand nearer to the services than anything that delays or fails calls. */
    public Probes probes() {
        return new Probes(
                calls,
                calls,
                function ->
                        new MeteredFunction(function, deployment.function(function.name()), counters, System::nanoTime),
                List.of(gateway));
    }

    /** Gives what was used so far. */
    public Usage read() {
        Map<Billed, Double> units = counters.sums();
        units.put(Billed.WEBSOCKET_CONNECTION_MINUTES, gateway.connectionMinutes());
        return Usage.of(units);
    }

    /** Stops listening to the logs of this JVM; what was counted can still be read. */
    @Override
    public void close() {
        log.close();
    }
}
