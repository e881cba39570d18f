package io.carillon.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.carillon.delivery.DeadLetters;
import io.carillon.delivery.Deliverer;
import io.carillon.delivery.MailRound;
import io.carillon.events.aws.BatchAnswer;
import io.carillon.events.aws.QueueEvent;
import io.carillon.events.aws.Sample;
import io.carillon.trace.Trace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** Drains the mailboxes: the FIFO queue's batches, of one or several message groups. */
public final class DeliverHandler implements RequestStreamHandler {

    private final MailRound round;
    private final Invocations invocations;

    /** Starts in Lambda, from the environment. */
    public DeliverHandler() {
        this(Wiring.fromEnvironment());
        Priming.register(() -> rehearsal(System.getenv()), Sample.SQS_FIFO_BATCH);
    }

    /** Runs without anybody: see {@link Priming}. */
    static DeliverHandler rehearsal(Map<String, String> environment) {
        return new DeliverHandler(Wiring.rehearsed(environment), Wiring.rehearsedDeadLetters(environment));
    }

    private DeliverHandler(Wiring.Started started) {
        this(started, Wiring.deadLettersFromEnvironment());
    }

    private DeliverHandler(Wiring.Started started, DeadLetters deadLetters) {
        this(started.carillon().deliverer(), deadLetters, started.invocations());
    }

    public DeliverHandler(Deliverer deliverer, DeadLetters deadLetters) {
        this(deliverer, deadLetters, Invocations.PLAIN);
    }

    private DeliverHandler(Deliverer deliverer, DeadLetters deadLetters, Invocations invocations) {
        this.round = new MailRound(deliverer, deadLetters);
        this.invocations = invocations;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        List<MailRound.Letter> letters = QueueEvent.read(Streams.text(input)).messages().stream()
                .map(DeliverHandler::letter)
                .toList();
        List<String> failed = invocations.run(context, () -> round.deliver(letters));
        Streams.write(output, BatchAnswer.failed(failed).write());
    }

    private static MailRound.Letter letter(QueueEvent.Message message) {
        return new MailRound.Letter(
                message.messageId(),
                message.groupId(),
                message.receiptHandle(),
                message.body(),
                message.receiveCount(),
                Trace.ofXRay(message.traceHeader()).orElse(Trace.NONE));
    }
}
