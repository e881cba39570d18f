package io.carillon.local.faults;

import io.carillon.delivery.Poster.Outcome;
import io.carillon.longpoll.Outboxes;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Does to long-poll connections what other faults do to those of API Gateway. */
final class FaultyOutboxes implements Outboxes {

    private final Outboxes outboxes;
    private final Supplier<List<ActiveFault>> active;

    FaultyOutboxes(Outboxes outboxes, Supplier<List<ActiveFault>> active) {
        this.outboxes = outboxes;
        this.active = active;
    }

    @Override
    public void open(String connection) {
        outboxes.open(connection);
    }

    @Override
    public Outcome add(String connection, String message) {
        if (strikes(Kind.GONE, connection)) {
            // An outbox is never taken for gone by mistake: whoever finds none knows that its client will find none.
            outboxes.remove(connection);
            return Outcome.GONE;
        }
        return strikes(Kind.CALLBACK_ERROR, connection) ? Outcome.BACKED_UP : outboxes.add(connection, message);
    }

    private boolean strikes(Kind kind, String connection) {
        return active.get().stream()
                .filter(one -> one.fault().kind() == kind)
                .filter(one -> one.fault().allows(Key.CONNECTION, connection)
                        && one.fault().value(Key.AGENT).isEmpty())
                .anyMatch(ActiveFault::strikes);
    }

    @Override
    public Optional<Waiting> take(String connection, long ack) {
        return outboxes.take(connection, ack);
    }

    @Override
    public void close(String connection) {
        outboxes.close(connection);
    }

    @Override
    public void remove(String connection) {
        outboxes.remove(connection);
    }
}
