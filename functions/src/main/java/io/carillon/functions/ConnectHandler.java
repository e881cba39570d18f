package io.carillon.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.carillon.events.aws.WebSocketAnswer;
import io.carillon.events.aws.WebSocketEvent;
import io.carillon.session.Doorkeeper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Answers {@code $connect}: API Gateway opens the socket only if this lets it in. */
public final class ConnectHandler implements RequestStreamHandler {

    private final Doorkeeper doorkeeper;

    /** Starts in Lambda, from the environment. */
    public ConnectHandler() {
        this(Wiring.fromEnvironment().doorkeeper());
    }

    public ConnectHandler(Doorkeeper doorkeeper) {
        this.doorkeeper = doorkeeper;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        WebSocketEvent event = WebSocketEvent.read(Streams.text(input));
        boolean admitted = doorkeeper.admit(event.connectionId(), event.header("origin"));
        Streams.write(output, (admitted ? WebSocketAnswer.OK : WebSocketAnswer.status(403)).write());
    }
}
