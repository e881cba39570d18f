package io.carillon.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.carillon.connection.Closer;
import io.carillon.events.aws.WebSocketAnswer;
import io.carillon.events.aws.WebSocketEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Answers {@code $disconnect}, which API Gateway sends when it can; the heartbeat finds what this misses. */
public final class DisconnectHandler implements RequestStreamHandler {

    private final Closer closer;

    /** Starts in Lambda, from the environment. */
    public DisconnectHandler() {
        this(Wiring.fromEnvironment().closer());
    }

    public DisconnectHandler(Closer closer) {
        this.closer = closer;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        closer.forget(WebSocketEvent.read(Streams.text(input)).connectionId());
        Streams.write(output, WebSocketAnswer.OK.write());
    }
}
