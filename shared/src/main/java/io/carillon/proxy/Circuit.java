package io.carillon.proxy;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Failsafe;
import io.carillon.config.CircuitConfig;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

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

    /** Makes the circuit of an endpoint; one that is always closed if the configuration says so. */
    static Circuit of(String endpoint, CircuitConfig config) {
        if (config.failures() == 0) {
            return Supplier::get;
        }
        CircuitBreaker<String> breaker = CircuitBreaker.<String>builder()
                .handleIf(failure -> failure instanceof BackendFailure problem && problem.isOutage())
                .withFailureThreshold(config.failures())
                .withDelay(config.openFor())
                .withSuccessThreshold(1)
                .onOpen(opened -> LoggerFactory.getLogger(Circuit.class)
                        .error(
                                "The backend {} has failed {} times in a row: nothing is sent to it for {}",
                                endpoint,
                                config.failures(),
                                config.openFor()))
                .build();
        return call -> {
            try {
                return Failsafe.with(breaker).get(call::get);
            } catch (CircuitBreakerOpenException e) {
                throw BackendFailure.leftAlone("it has failed %d times in a row and is left alone for %s"
                        .formatted(config.failures(), config.openFor()));
            }
        };
    }
}
