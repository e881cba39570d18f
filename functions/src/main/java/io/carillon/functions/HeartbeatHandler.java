package io.carillon.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.carillon.Carillon;
import io.carillon.events.aws.Sample;
import io.carillon.events.aws.ScheduleEvent;
import io.carillon.session.Heartbeat;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Supplier;

/** Keeps connections alive; a schedule invokes it every minute. */
public final class HeartbeatHandler implements RequestStreamHandler {

    private final Supplier<Heartbeat> heartbeat;
    private final Invocations invocations;

    /** Starts in Lambda, from the environment. */
    public HeartbeatHandler() {
        this(Wiring.renewed(Carillon::heartbeat));
        Priming.register(() -> rehearsal(System.getenv()), Sample.SCHEDULE);
    }

    /** Runs without anybody: see {@link Priming}. */
    static HeartbeatHandler rehearsal(Map<String, String> environment) {
        return new HeartbeatHandler(Wiring.rehearsed(environment, (carillon, outboxes) -> carillon.heartbeat()));
    }

    private HeartbeatHandler(Wiring.Renewing<Heartbeat> started) {
        this(started.part(), started.invocations());
    }

    public HeartbeatHandler(Heartbeat heartbeat) {
        this(() -> heartbeat, Invocations.PLAIN);
    }

    private HeartbeatHandler(Supplier<Heartbeat> heartbeat, Invocations invocations) {
        this.heartbeat = heartbeat;
        this.invocations = invocations;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        ScheduleEvent event = ScheduleEvent.read(Streams.text(input));
        invocations.run(context, () -> {
            heartbeat.get().beat(event.time());
            return true;
        });
    }
}
