package io.carillon.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.carillon.Carillon;
import io.carillon.api.HttpFront;
import io.carillon.events.aws.HttpAnswer;
import io.carillon.events.aws.HttpEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Supplier;

/** Answers the server API behind API Gateway's HTTP API. */
public final class ApiHandler implements RequestStreamHandler {

    private final Supplier<HttpFront> front;
    private final Invocations invocations;

    /** Starts in Lambda, from the environment. */
    public ApiHandler() {
        this(Wiring.renewed(Carillon::httpFront));
    }

    private ApiHandler(Wiring.Renewable<HttpFront> renewable) {
        this(renewable.part(), renewable.invocations());
    }

    public ApiHandler(HttpFront front) {
        this(() -> front, Invocations.PLAIN);
    }

    private ApiHandler(Supplier<HttpFront> front, Invocations invocations) {
        this.front = front;
        this.invocations = invocations;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        HttpEvent event = HttpEvent.read(Streams.text(input));
        HttpAnswer answer = invocations.run(context, event.header("traceparent"), () -> front.get().answer(event));
        Streams.write(output, answer.write());
    }
}
