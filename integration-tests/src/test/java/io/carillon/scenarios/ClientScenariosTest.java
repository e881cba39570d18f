package io.carillon.scenarios;

import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Runs the {@link Scenarios} of the standard world against the local runtime as it is on a laptop, with everything in one JVM. */
class ClientScenariosTest {

    private static final Scenarios SCENARIOS = new Scenarios(Stage::set);

    @AfterAll
    static void close() {
        SCENARIOS.close();
    }

    @TestFactory
    Stream<DynamicNode> shouldServeEveryClientVersion() {
        return SCENARIOS.tests(EnumSet.of(World.STANDARD));
    }
}
