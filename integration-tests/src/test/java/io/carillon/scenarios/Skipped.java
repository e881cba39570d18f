package io.carillon.scenarios;

import org.junit.jupiter.api.Assumptions;

/** Skips tests in a way that is seen: with a line on the console, and as skipped in the summary. */
final class Skipped {

    private Skipped() {}

    /**
     * Gives a system property, and skips the test where it is not set.
     *
     * @param what what is skipped
     * @param remedy the command that does not skip it
     */
    static String unlessSet(String property, String what, String remedy) {
        String value = System.getProperty(property, "");
        return value.isEmpty() ? because(what, "nobody asked for them; " + remedy + " does.") : value;
    }

    /** Skips the test. */
    static <T> T because(String what, String why) {
        String line = "SKIPPED: " + what + ": " + why;
        System.out.println("\n" + line);
        Assumptions.abort(line);
        throw new IllegalStateException("Skipped, and went on");
    }
}
