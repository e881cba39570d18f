package io.carillon.trace;

import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.MDC;

/**
 * Carries the fields of the log from the thread that knows them to one that works for it: {@link MDC} keeps them to
 * their own thread.
 */
public final class LogFields {

    private LogFields() {}

    /** The same work, with the fields that the calling thread has now. */
    public static <T> Callable<T> carry(Callable<T> work) {
        Map<String, String> fields = MDC.getCopyOfContextMap();
        if (fields == null || fields.isEmpty()) {
            return work;
        }
        return () -> {
            MDC.setContextMap(fields);
            try {
                return work.call();
            } finally {
                MDC.clear();
            }
        };
    }
}
