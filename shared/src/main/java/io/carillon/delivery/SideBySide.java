package io.carillon.delivery;

import io.carillon.parallel.Parallel;
import java.util.List;
import java.util.function.Consumer;

/** Does the same for several, so that one which takes long does not hold up the others; tests do it one by one. */
interface SideBySide {

    /** Uses a virtual thread for each. */
    SideBySide THREADS = new SideBySide() {
        @Override
        public <T> void each(List<T> all, Consumer<T> action) {
            Parallel.map(all, one -> {
                action.accept(one);
                return true;
            });
        }
    };

    /**
     * Returns when all are done.
     *
     * @throws RuntimeException if one of them failed; the others may have been done all the same
     */
    <T> void each(List<T> all, Consumer<T> action);
}
