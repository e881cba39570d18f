package io.carillon.metrics;

/**
 * Takes note of what happens. Must cost no call to AWS, wait for nothing and never throw: whoever counts is delivering.
 *
 * <p>Safe for use by several threads.
 */
public interface Metrics {

    /** Forgets everything. */
    Metrics NONE = new Metrics() {
        @Override
        public void add(Measure measure, long times) {
            // Nobody wants to know.
        }

        @Override
        public void code(int code) {
            // Nobody wants to know.
        }

        @Override
        public void publishToPost(long millis, int messages) {
            // Nobody wants to know.
        }
    };

    /**
     * Counts something that happened several times at once.
     *
     * @param measure any but {@link Measure#CODES} and {@link Measure#PUBLISH_TO_POST}
     */
    void add(Measure measure, long times);

    /** Counts something. */
    default void count(Measure measure) {
        add(measure, 1);
    }

    /** Counts an error, unsubscribe or disconnect that somebody was told, by the code from the protocol's ranges. */
    void code(int code);

    /**
     * Notes how long publications took from the publish to API Gateway's acceptance of the post.
     *
     * @param millis never negative, although the clocks of two functions may differ
     * @param messages how many posts took so long
     */
    void publishToPost(long millis, int messages);
}
