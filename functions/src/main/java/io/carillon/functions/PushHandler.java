package io.carillon.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.carillon.events.Json;
import io.carillon.events.PushJob;
import io.carillon.events.aws.BatchAnswer;
import io.carillon.events.aws.QueueEvent;
import io.carillon.events.aws.Sample;
import io.carillon.push.PushSender;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends mobile push notifications: the batches of the queue {@code push}. */
public final class PushHandler implements RequestStreamHandler {

    private static final Logger LOG = LoggerFactory.getLogger(PushHandler.class);

    private final PushSender sender;
    private final Invocations invocations;

    /** Starts in Lambda, from the environment. */
    public PushHandler() {
        this(Wiring.fromEnvironment());
        Priming.register(() -> rehearsal(System.getenv()), Sample.SQS_BATCH);
    }

    /** Runs without anybody: see {@link Priming}. */
    static PushHandler rehearsal(Map<String, String> environment) {
        return new PushHandler(Wiring.rehearsed(environment));
    }

    private PushHandler(Wiring.Started started) {
        this(
                started.carillon()
                        .pushSender()
                        .orElseThrow(() -> new IllegalStateException("The environment variable " + PushWiring.QUEUE
                                + " is not set: see the stack's functions")),
                started.invocations());
    }

    public PushHandler(PushSender sender) {
        this(sender, Invocations.PLAIN);
    }

    private PushHandler(PushSender sender, Invocations invocations) {
        this.sender = sender;
        this.invocations = invocations;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        List<QueueEvent.Message> messages = QueueEvent.read(Streams.text(input)).messages();
        List<String> failed = invocations.run(
                context,
                () -> messages.stream()
                        .filter(message -> !isDone(message))
                        .map(QueueEvent.Message::messageId)
                        .toList());
        Streams.write(output, BatchAnswer.failed(failed).write());
    }

    /** One that fails is received again, and in the end set aside in the dead-letter queue; the others go on. */
    private boolean isDone(QueueEvent.Message message) {
        try {
            return sender.carryOut(Json.read(message.body(), PushJob.class), message.receiveCount());
        } catch (RuntimeException e) {
            LOG.error("A push job failed, for the {}. time", message.receiveCount(), e);
            return false;
        }
    }
}
