package io.carillon.local.faults;

import io.carillon.delivery.Backoff;
import io.carillon.delivery.Poster;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Ends invocations between the posts that they make. */
final class FaultyPoster implements Poster {

    private final Poster poster;
    private final Ending ending;

    FaultyPoster(Poster poster, Supplier<List<ActiveFault>> active) {
        this.poster = poster;
        this.ending = new Ending(active);
    }

    @Override
    public CompletionStage<Outcome> post(String connection, byte[] message) {
        return post(connection, message, Backoff.unlimited());
    }

    @Override
    public CompletionStage<Outcome> post(String connection, byte[] message, Backoff backoff) {
        Invocation.current().ifPresent(Invocation::requireAlive);
        CompletionStage<Outcome> posted = poster.post(connection, message, backoff);
        Invocation.current().ifPresent(running -> ending.at(running, Step.MID_DELIVERY::equals));
        return posted;
    }

    @Override
    public CompletionStage<Void> close(String connection) {
        Invocation.current().ifPresent(Invocation::requireAlive);
        return poster.close(connection);
    }
}
