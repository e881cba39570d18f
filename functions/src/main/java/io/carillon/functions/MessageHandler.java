package io.carillon.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.carillon.Carillon;
import io.carillon.events.aws.Sample;
import io.carillon.events.aws.WebSocketAnswer;
import io.carillon.events.aws.WebSocketEvent;
import io.carillon.session.FrameHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Supplier;

/** Handles each frame that a client sends ({@code $default}); its answer is the route response. */
public final class MessageHandler implements RequestStreamHandler {

    private final Supplier<FrameHandler> frames;
    private final Invocations invocations;

    /** Starts in Lambda, from the environment. */
    public MessageHandler() {
        this(Wiring.renewed(Carillon::frameHandler));
        Priming.register(() -> rehearsal(System.getenv()), Sample.WEBSOCKET_MESSAGE);
    }

    /** Runs without anybody: see {@link Priming}. */
    static MessageHandler rehearsal(Map<String, String> environment) {
        return new MessageHandler(Wiring.rehearsed(environment, (carillon, outboxes) -> carillon.frameHandler()));
    }

    private MessageHandler(Wiring.Renewing<FrameHandler> started) {
        this(started.part(), started.invocations());
    }

    public MessageHandler(FrameHandler frames) {
        this(() -> frames, Invocations.PLAIN);
    }

    private MessageHandler(Supplier<FrameHandler> frames, Invocations invocations) {
        this.frames = frames;
        this.invocations = invocations;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        WebSocketEvent event = WebSocketEvent.read(Streams.text(input));
        String replies = invocations.run(context, event, () -> frames.get().handle(event.connectionId(), event.body()));
        Streams.write(output, (replies.isEmpty() ? WebSocketAnswer.OK : WebSocketAnswer.frame(replies)).write());
    }
}
