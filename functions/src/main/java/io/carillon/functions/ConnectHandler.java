package io.carillon.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.carillon.events.aws.Sample;
import io.carillon.events.aws.WebSocketAnswer;
import io.carillon.events.aws.WebSocketEvent;
import io.carillon.session.Doorkeeper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** Answers {@code $connect}: API Gateway opens the socket only if this lets it in. */
public final class ConnectHandler implements RequestStreamHandler {

    private final Doorkeeper doorkeeper;
    private final Invocations invocations;

    /** Starts in Lambda, from the environment. */
    public ConnectHandler() {
        this(Wiring.fromEnvironment());
        Priming.register(() -> rehearsal(System.getenv()), Sample.WEBSOCKET_CONNECT);
    }

    /** Runs without anybody: see {@link Priming}. */
    static ConnectHandler rehearsal(Map<String, String> environment) {
        return new ConnectHandler(Wiring.rehearsed(environment));
    }

    private ConnectHandler(Wiring.Started started) {
        this(started.carillon().doorkeeper(), started.invocations());
    }

    public ConnectHandler(Doorkeeper doorkeeper) {
        this(doorkeeper, Invocations.PLAIN);
    }

    private ConnectHandler(Doorkeeper doorkeeper, Invocations invocations) {
        this.doorkeeper = doorkeeper;
        this.invocations = invocations;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        WebSocketEvent event = WebSocketEvent.read(Streams.text(input));
        boolean admitted =
                invocations.run(context, event, () -> doorkeeper.admit(event.connectionId(), event.header("origin")));
        Streams.write(output, (admitted ? WebSocketAnswer.OK : WebSocketAnswer.status(403)).write());
    }
}
