package io.carillon.metrics;

/**
 * Words codes so that there are only so many of them: a backend may disconnect with any code it likes, and each
 * different one would be another metric to pay for.
 */
public final class Codes {

    private Codes() {}

    /** The code as a text; {@code other} where it is not the protocol's. */
    public static String label(int code) {
        boolean isProtocols = isIn(code, 100, 113)
                || code == 2000
                || isIn(code, 2500, 2502)
                || isIn(code, 3000, 3014)
                || isIn(code, 3500, 3509)
                || code == 404;
        return isProtocols ? Integer.toString(code) : "other";
    }

    private static boolean isIn(int code, int first, int last) {
        return first <= code && code <= last;
    }
}
