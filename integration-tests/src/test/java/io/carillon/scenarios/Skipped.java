package io.carillon.scenarios;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicNode;

/** Tests that are skipped in a way that is seen: with a line on the console, and as skipped in the summary. */
final class Skipped {

    private Skipped() {}

    /** Says how to run what nobody has asked for. */
    static Stream<DynamicNode> unasked(String what, String command) {
        return because(what, "nobody asked for them; " + command + " does.");
    }

    /** Gives one test that is skipped. */
    static Stream<DynamicNode> because(String what, String why) {
        String line = "SKIPPED: " + what + ": " + why;
        System.out.println("\n" + line);
        return Stream.of(dynamicTest(what, () -> Assumptions.abort(line)));
    }
}
