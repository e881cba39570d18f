package io.carillon.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.carillon.Carillon;
import io.carillon.events.aws.HttpAnswer;
import io.carillon.events.aws.HttpEvent;
import io.carillon.events.aws.Sample;
import io.carillon.longpoll.LongPollFront;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Supplier;

/** Answers clients that cannot use WebSocket, behind API Gateway's HTTP API. */
public final class PollHandler implements RequestStreamHandler {

    private final Supplier<LongPollFront> front;
    private final Invocations invocations;

    /** Starts in Lambda, from the environment. */
    public PollHandler() {
        this(Wiring.renewed(Carillon::longPollFront));
        Priming.register(() -> rehearsal(System.getenv()), Sample.HTTP_POLL);
    }

    /** Runs without anybody: see {@link Priming}. */
    static PollHandler rehearsal(Map<String, String> environment) {
        return new PollHandler(Wiring.rehearsed(environment, Carillon::longPollFront));
    }

    private PollHandler(Wiring.Renewing<LongPollFront> started) {
        this(started.part(), started.invocations());
    }

    public PollHandler(LongPollFront front) {
        this(() -> front, Invocations.PLAIN);
    }

    private PollHandler(Supplier<LongPollFront> front, Invocations invocations) {
        this.front = front;
        this.invocations = invocations;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        HttpEvent event = HttpEvent.read(Streams.text(input));
        HttpAnswer answer = invocations.run(
                context, event.header("traceparent"), () -> front.get().answer(event));
        Streams.write(output, answer.write());
    }
}
