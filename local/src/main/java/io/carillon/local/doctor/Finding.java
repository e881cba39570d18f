package io.carillon.local.doctor;

/**
 * What a look at something came to.
 *
 * @param about what was looked at, in a word or two
 * @param what what was found
 * @param remedy what to do; empty where nothing is to be done
 */
public record Finding(Grade grade, String about, String what, String remedy) {

    /** How bad it is. */
    public enum Grade {
        OK,
        /** Works, but not as it should in production, or not for long. */
        WARNING,
        /** Does not work. */
        PROBLEM
    }

    static Finding ok(String about, String what) {
        return new Finding(Grade.OK, about, what, "");
    }

    static Finding warning(String about, String what, String remedy) {
        return new Finding(Grade.WARNING, about, what, remedy);
    }

    static Finding problem(String about, String what, String remedy) {
        return new Finding(Grade.PROBLEM, about, what, remedy);
    }
}
