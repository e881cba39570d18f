package io.carillon.scenarios;

import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Runs the {@link Scenarios} of every world but the standard one, as {@link ClientScenariosTest} does that. */
class WorldScenariosTest {

    private static final Scenarios SCENARIOS = new Scenarios(Stage::set);

    @AfterAll
    static void close() {
        SCENARIOS.close();
    }

    @TestFactory
    Stream<DynamicNode> shouldServeEveryClientVersion() {
        return SCENARIOS.tests(EnumSet.complementOf(EnumSet.of(World.STANDARD)));
    }
}
