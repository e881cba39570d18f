package io.carillon.local.cost;

import io.carillon.local.Probes;
import io.carillon.local.calls.CallFilter;
import io.carillon.local.gateway.GatewayListener;
import io.carillon.local.lambda.LambdaFunction;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Lets a meter count what long-poll's requests use and nothing else: how a message gets as far as the outbox does not
 * depend on how it is fetched. All HTTP requests are counted, so nobody else may make any.
 */
final class PollProbes {

    private static final String FUNCTION = "poll";

    /** Inherited, because an invocation runs on a thread of its own. */
    private static final InheritableThreadLocal<Boolean> POLLING = new InheritableThreadLocal<>();

    private PollProbes() {}

    /**
     * Gives those of the probes that polls pass.
     *
     * @param design gives what runs in place of the function that is deployed, within what is metered
     */
    static Probes of(Probes metered, UnaryOperator<LambdaFunction> design) {
        return new Probes(
                (request, next) -> POLLING.get() == null
                        ? next.make(request)
                        : metered.calls().call(request, next),
                CallFilter.none(),
                function -> function.name().equals(FUNCTION)
                        ? new Marked(metered.functions().apply(design.apply(function)))
                        : function,
                List.of(new Answers(metered.gateway())));
    }

    private record Marked(LambdaFunction function) implements LambdaFunction {

        @Override
        public String name() {
            return function.name();
        }

        @Override
        public byte[] invoke(byte[] event) {
            POLLING.set(true);
            try {
                return function.invoke(event);
            } finally {
                POLLING.remove();
            }
        }
    }

    private record Answers(List<GatewayListener> metered) implements GatewayListener {

        @Override
        public void answered(int requestBytes, int responseBytes) {
            metered.forEach(listener -> listener.answered(requestBytes, responseBytes));
        }
    }
}
