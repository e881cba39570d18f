package io.carillon.benchmarks;

import io.carillon.delivery.Poster;
import java.util.concurrent.CompletionStage;

/** Stands where a poster is asked for and nothing is ever posted. */
final class Unused implements Poster {

    @Override
    public CompletionStage<Outcome> post(String connection, byte[] message) {
        throw new IllegalStateException("Nothing is to be posted here");
    }

    @Override
    public CompletionStage<Void> close(String connection) {
        throw new IllegalStateException("Nothing is to be closed here");
    }
}
