package io.carillon.local.waterfall;

/**
 * Something that took its time.
 *
 * @param group in what it happened, such as a function's name; empty for none
 * @param begin on the clock of {@link System#nanoTime()}
 */
record Span(String group, String label, long begin, long end) {}
