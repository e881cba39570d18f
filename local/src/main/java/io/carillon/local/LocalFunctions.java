package io.carillon.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.carillon.Carillon;
import io.carillon.delivery.DeadLetters;
import io.carillon.functions.ApiHandler;
import io.carillon.functions.ConnectHandler;
import io.carillon.functions.DeliverHandler;
import io.carillon.functions.DisconnectHandler;
import io.carillon.functions.HeartbeatHandler;
import io.carillon.functions.MessageHandler;
import io.carillon.functions.PollHandler;
import io.carillon.functions.PushHandler;
import io.carillon.local.lambda.AccountConcurrency;
import io.carillon.local.lambda.InProcessFunction;
import io.carillon.local.lambda.LambdaFunction;
import io.carillon.local.template.DescribedFunction;
import io.carillon.longpoll.Outboxes;
import io.carillon.region.HealthFront;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The functions that a template describes, by their logical ids: each is the handler class that the template names, made
 * with the local services and run with the template's timeout.
 */
final class LocalFunctions {

    private final Map<String, LambdaFunction> functions = new HashMap<>();

    /**
     * What handlers are made from.
     *
     * @param carillon the logic
     * @param outboxes hold what long-poll clients have not fetched
     * @param deadLetters takes mail that nobody can read
     * @param health answers health checks
     */
    record Parts(Carillon carillon, Outboxes outboxes, DeadLetters deadLetters, HealthFront health) {}

    /** A handler: the name that faults, costs and logs call it, and how it is made here. */
    private record Known(String name, Function<Parts, RequestStreamHandler> maker) {}

    private static final Map<String, Known> KNOWN = Map.of(
            ConnectHandler.class.getName(),
            new Known("connect", parts -> new ConnectHandler(parts.carillon().doorkeeper())),
            MessageHandler.class.getName(),
            new Known("message", parts -> new MessageHandler(parts.carillon().frameHandler())),
            DisconnectHandler.class.getName(),
            new Known(
                    "disconnect",
                    parts -> new DisconnectHandler(parts.carillon().closer())),
            ApiHandler.class.getName(),
            new Known(
                    "api",
                    parts -> new ApiHandler(
                            parts.carillon().httpFront(), parts.carillon().devicesFront(), parts.health())),
            PollHandler.class.getName(),
            new Known("poll", parts -> new PollHandler(parts.carillon().longPollFront(parts.outboxes()))),
            PushHandler.class.getName(),
            new Known(
                    "push",
                    parts -> new PushHandler(parts.carillon().pushSender().orElseThrow())),
            DeliverHandler.class.getName(),
            new Known("deliver", parts -> new DeliverHandler(parts.carillon().deliverer(), parts.deadLetters())),
            HeartbeatHandler.class.getName(),
            new Known(
                    "heartbeat", parts -> new HeartbeatHandler(parts.carillon().heartbeat())));

    /**
     * Makes all functions.
     *
     * @param wrap stands around each
     * @throws IllegalArgumentException if a handler is none of Carillon's
     */
    LocalFunctions(
            Iterable<DescribedFunction> described,
            Parts parts,
            AccountConcurrency concurrency,
            UnaryOperator<LambdaFunction> wrap) {
        for (DescribedFunction function : described) {
            Known known = KNOWN.get(function.handler());
            if (known == null) {
                throw new IllegalArgumentException("The template cannot be run: the Handler of the function "
                        + function.id() + " is " + function.handler() + ", and must be one of "
                        + new TreeSet<>(KNOWN.keySet()));
            }
            functions.put(
                    function.id(),
                    wrap.apply(new InProcessFunction(
                            known.name(), known.maker().apply(parts), function.timeout(), concurrency)));
        }
    }

    LambdaFunction named(String id) {
        return functions.get(id);
    }

    /** Puts the functions behind routes, which name them by their logical ids. */
    Map<String, LambdaFunction> behind(Map<String, String> routes) {
        Map<String, LambdaFunction> behind = new HashMap<>();
        routes.forEach((key, id) -> behind.put(key, named(id)));
        return behind;
    }
}
