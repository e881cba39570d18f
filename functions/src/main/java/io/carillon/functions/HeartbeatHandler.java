package io.carillon.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.carillon.events.aws.ScheduleEvent;
import io.carillon.session.Heartbeat;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Keeps connections alive; a schedule invokes it every minute. */
public final class HeartbeatHandler implements RequestStreamHandler {

    private final Heartbeat heartbeat;

    /** Starts in Lambda, from the environment. */
    public HeartbeatHandler() {
        this(Wiring.fromEnvironment().heartbeat());
    }

    public HeartbeatHandler(Heartbeat heartbeat) {
        this.heartbeat = heartbeat;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        heartbeat.beat(ScheduleEvent.read(Streams.text(input)).time());
    }
}
