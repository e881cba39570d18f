package io.carillon.local.faults;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes the stack trace of a log line's exception; but for one that a fault caused, which was asked for, only what it
 * says, on the same line. For logback's configuration, as {@code %trace}.
 */
public final class FaultTrace extends ThrowableProxyConverter {

    /** What the messages of calls that a fault failed begin with. */
    static final String STRUCK = "A fault ";

    @Override
    public String convert(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown == null) {
            return "";
        }
        return causedByFault(thrown)
                .map(fault -> " [" + fault.getMessage().lines().findFirst().orElse("") + "]")
                .orElseGet(() ->
                        System.lineSeparator() + throwableProxyToString(thrown).stripTrailing());
    }

    private static Optional<IThrowableProxy> causedByFault(IThrowableProxy thrown) {
        return Stream.iterate(thrown, one -> one != null, IThrowableProxy::getCause)
                .filter(FaultTrace::isFault)
                .findFirst();
    }

    private static boolean isFault(IThrowableProxy one) {
        return one.getClassName().equals(Killed.class.getName())
                || one.getMessage() != null && one.getMessage().startsWith(STRUCK);
    }
}
