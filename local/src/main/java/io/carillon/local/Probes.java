package io.carillon.local;

import io.carillon.local.calls.CallFilter;
import io.carillon.local.gateway.GatewayListener;
import io.carillon.local.gateway.GatewayPace;
import io.carillon.local.lambda.LambdaFunction;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What stands in the ways of a local runtime: to count, to delay, or to do harm.
 *
 * @param calls around the calls of the functions to DynamoDB, SQS and SNS
 * @param pollers around the calls of the event sources to SQS
 * @param functions wraps each function, which its name tells apart
 * @param gateway hears what API Gateway carries
 * @param pace says how long API Gateway takes for it
 */
public record Probes(
        CallFilter calls,
        CallFilter pollers,
        UnaryOperator<LambdaFunction> functions,
        List<GatewayListener> gateway,
        GatewayPace pace) {

    public Probes {
        gateway = List.copyOf(gateway);
    }

    /** Leaves API Gateway's pace as it is. */
    public Probes(
            CallFilter calls,
            CallFilter pollers,
            UnaryOperator<LambdaFunction> functions,
            List<GatewayListener> gateway) {
        this(calls, pollers, functions, gateway, GatewayPace.immediate());
    }

    /** Leaves everything as it is. */
    public static Probes none() {
        return new Probes(CallFilter.none(), CallFilter.none(), UnaryOperator.identity(), List.of());
    }

    /** Puts these around others, which are nearer to the services and to the handlers. */
    public Probes around(Probes inner) {
        return new Probes(
                calls.around(inner.calls),
                pollers.around(inner.pollers),
                function -> functions.apply(inner.functions.apply(function)),
                Stream.concat(gateway.stream(), inner.gateway.stream()).toList(),
                GatewayPace.sum(pace, inner.pace));
    }
}
