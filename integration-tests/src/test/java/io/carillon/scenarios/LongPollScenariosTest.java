package io.carillon.scenarios;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs those of the {@link Scenarios} that hold over long-poll too, as {@link ClientScenariosTest} runs them all. */
class LongPollScenariosTest {

    private static final Scenarios SCENARIOS = new Scenarios(Stage::set);

    @AfterAll
    static void close() {
        SCENARIOS.close();
    }

    @TestFactory
    Stream<DynamicTest> shouldPromiseTheSameOverLongPoll() {
        return SCENARIOS.overLongPoll();
    }
}
