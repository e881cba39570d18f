package io.carillon.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.carillon.delivery.DeadLetters;
import io.carillon.delivery.Deliverer;
import io.carillon.delivery.MailRound;
import io.carillon.events.aws.BatchAnswer;
import io.carillon.events.aws.QueueEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** Drains the mailboxes: the FIFO queue's batches, of one or several message groups. */
public final class DeliverHandler implements RequestStreamHandler {

    private final MailRound round;

    /** Starts in Lambda, from the environment. */
    public DeliverHandler() {
        this(Wiring.fromEnvironment().deliverer(), Wiring.deadLettersFromEnvironment());
    }

    public DeliverHandler(Deliverer deliverer, DeadLetters deadLetters) {
        this.round = new MailRound(deliverer, deadLetters);
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        List<MailRound.Letter> letters = QueueEvent.read(Streams.text(input)).messages().stream()
                .map(message -> new MailRound.Letter(
                        message.messageId(),
                        message.receiptHandle(),
                        message.groupId(),
                        message.body(),
                        message.receiveCount()))
                .toList();
        Streams.write(output, BatchAnswer.failed(round.deliver(letters)).write());
    }
}
