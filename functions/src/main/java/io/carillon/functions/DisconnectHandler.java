package io.carillon.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.carillon.connection.Closer;
import io.carillon.events.aws.Sample;
import io.carillon.events.aws.WebSocketAnswer;
import io.carillon.events.aws.WebSocketEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** Answers {@code $disconnect}, which API Gateway sends when it can; the heartbeat finds what this misses. */
public final class DisconnectHandler implements RequestStreamHandler {

    private final Closer closer;
    private final Invocations invocations;

    /** Starts in Lambda, from the environment. */
    public DisconnectHandler() {
        this(Wiring.fromEnvironment());
        Priming.register(() -> rehearsal(System.getenv()), Sample.WEBSOCKET_DISCONNECT);
    }

    /** Runs without anybody: see {@link Priming}. */
    static DisconnectHandler rehearsal(Map<String, String> environment) {
        return new DisconnectHandler(Wiring.rehearsed(environment));
    }

    private DisconnectHandler(Wiring.Started started) {
        this(started.carillon().closer(), started.invocations());
    }

    public DisconnectHandler(Closer closer) {
        this(closer, Invocations.PLAIN);
    }

    private DisconnectHandler(Closer closer, Invocations invocations) {
        this.closer = closer;
        this.invocations = invocations;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        WebSocketEvent event = WebSocketEvent.read(Streams.text(input));
        invocations.run(context, event, () -> closer.forget(event.connectionId()));
        Streams.write(output, WebSocketAnswer.OK.write());
    }
}
