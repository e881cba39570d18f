package io.carillon.proxy;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Failsafe;
import io.carillon.config.CircuitConfig;
import java.util.function.Supplier;

/**
 * Leaves a backend alone for a while once it has failed several times in a row, so that neither it nor the clients are
 * kept waiting by what cannot succeed.
 *
 * <p>Safe for use by several threads.
 */
interface Circuit {

    /**
     * Makes a call.
     *
     * @throws BackendFailure as the call does; without a call while the backend is left alone
     */
    String call(Supplier<String> call);

    /** Makes a circuit; one that is always closed if the configuration says so. */
    static Circuit of(CircuitConfig config) {
        if (config.failures() == 0) {
            return Supplier::get;
        }
        CircuitBreaker<String> breaker = CircuitBreaker.<String>builder()
                .handleIf(failure -> failure instanceof BackendFailure problem && problem.isOutage())
                .withFailureThreshold(config.failures())
                .withDelay(config.openFor())
                .withSuccessThreshold(1)
                .build();
        return call -> {
            try {
                return Failsafe.with(breaker).get(call::get);
            } catch (CircuitBreakerOpenException e) {
                throw new BackendFailure("it has failed %d times in a row and is left alone for %s"
                        .formatted(config.failures(), config.openFor()));
            }
        };
    }
}
