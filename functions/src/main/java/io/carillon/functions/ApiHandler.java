package io.carillon.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.carillon.Carillon;
import io.carillon.api.HttpFront;
import io.carillon.events.aws.HttpEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Supplier;

/** Answers the server API behind API Gateway's HTTP API. */
public final class ApiHandler implements RequestStreamHandler {

    private final Supplier<HttpFront> front;

    /** Starts in Lambda, from the environment. */
    public ApiHandler() {
        this(Wiring.renewed(Carillon::httpFront));
    }

    public ApiHandler(HttpFront front) {
        this(() -> front);
    }

    private ApiHandler(Supplier<HttpFront> front) {
        this.front = front;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Streams.write(
                output, front.get().answer(HttpEvent.read(Streams.text(input))).write());
    }
}
