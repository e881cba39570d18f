package io.carillon.local.load;

/**
 * A look into the history right after a publish call was answered.
 *
 * @param offset the offset that the answer named
 * @param at when the history answered, in nanoseconds from the start of the run
 * @param found what the history holds there
 */
record ReadBack(String channel, long offset, long at, Found found) {

    /** What stood at the offset. */
    enum Found {
        THE_PUBLICATION,
        OTHER_DATA,
        NOTHING
    }
}
