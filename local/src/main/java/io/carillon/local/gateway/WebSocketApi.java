package io.carillon.local.gateway;

import io.carillon.events.Framing;
import io.carillon.local.gateway.Integration.Answered;
import io.carillon.local.gateway.Integration.Failed;
import io.carillon.local.gateway.Integration.Outcome;
import io.carillon.local.gateway.Integration.Reason;
import io.carillon.local.lambda.LambdaFunction;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Invokes the functions behind open connections: one invocation per message, side by side, and one at the end.
 */
final class WebSocketApi implements ClientConnection.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketApi.class);

    private final WebSocketRoutes routes;
    private final RouteSelection selection;
    private final boolean selects;
    private final Integration integration;
    private final Connections connections;
    private final GatewayPolicies policies;
    private final Executor threads;
    private final int clientBuffer;

    WebSocketApi(
            WebSocketRoutes routes,
            Integration integration,
            Connections connections,
            GatewayPolicies policies,
            Executor threads,
            int clientBuffer) {
        this.routes = routes;
        this.selection = RouteSelection.parse(routes.selection());
        this.selects = routes.hasCustomRoutes();
        this.integration = integration;
        this.connections = connections;
        this.policies = policies;
        this.threads = threads;
        this.clientBuffer = clientBuffer;
    }

    @Override
    public void opened(ClientConnection connection) {
        connections.opened(connection);
        policies.listeners().forEach(listener -> listener.opened(connection.id()));
    }

    @Override
    public void received(ClientConnection connection, long number, String text) {
        policies.listeners().forEach(listener -> listener.received(connection.id(), Framing.utf8Length(text)));
        threads.execute(() -> {
            try {
                policies.frames().hold(connection.id(), number, text);
                Thread.sleep(policies.pace().inbound());
                answer(connection, text);
            } catch (InterruptedException e) {
                // Only the gateway's own end interrupts its threads: nobody is left to answer.
                Thread.currentThread().interrupt();
            }
        });
    }

    private void answer(ClientConnection connection, String text) {
        String requestId = GatewayIds.next();
        if (!policies.webSocketThrottle().takes()) {
            reply(connection, GatewayMessages.error(GatewayMessages.TOO_MANY_REQUESTS, connection.id(), requestId));
            return;
        }
        String routeKey = routeKey(text);
        Optional<LambdaFunction> function = routes.function(routeKey);
        if (function.isEmpty()) {
            reply(connection, GatewayMessages.error(GatewayMessages.FORBIDDEN, connection.id(), requestId));
            return;
        }
        byte[] event = WebSocketEvents.message(connection.client(), requestId, routeKey, text);
        Outcome outcome = integration.invoke(function.get(), event);
        if (outcome instanceof Failed(Reason reason) && reason == Reason.CLOSING) {
            return;
        }
        Optional<byte[]> body = body(function.get(), outcome);
        if (body.isEmpty()) {
            reply(connection, GatewayMessages.error(GatewayMessages.INTERNAL_SERVER_ERROR, connection.id(), requestId));
        } else if (body.get().length > 0 && routes.answers(routeKey)) {
            reply(connection, body.get());
        }
    }

    private String routeKey(String text) {
        if (!selects) {
            return WebSocketRoutes.DEFAULT;
        }
        return selection
                .evaluate(text)
                .filter(key -> !key.startsWith("$") && routes.function(key).isPresent())
                .orElse(WebSocketRoutes.DEFAULT);
    }

    /** Gives what goes back to the client; empty when the function failed or its answer is none. */
    private static Optional<byte[]> body(LambdaFunction function, Outcome outcome) {
        if (!(outcome instanceof Answered(byte[] bytes))) {
            return Optional.empty();
        }
        Optional<byte[]> body = ProxyAnswer.read(bytes).map(ProxyAnswer::body);
        if (body.isEmpty()) {
            LOG.warn(
                    "{} must answer an object with a statusCode, and beside it only headers, multiValueHeaders, body and"
                            + " isBase64Encoded",
                    function.name());
        } else if (body.get().length > GatewaySettings.MAX_MESSAGE) {
            LOG.warn(
                    "{} answered a body of {} bytes; a message holds at most {}",
                    function.name(),
                    body.get().length,
                    GatewaySettings.MAX_MESSAGE);
            return Optional.empty();
        }
        return body;
    }

    /**
     * Replies may fill twice what posts may: a client that reads slowly still gets the answers to its own commands, and
     * only one that sends without ever reading is closed.
     */
    private void reply(ClientConnection connection, byte[] message) {
        switch (connection.send(message, 2 * clientBuffer, policies.pace().reply())) {
            case QUEUED -> policies.listeners().forEach(listener -> listener.sent(connection.id(), message.length));
            case BUFFER_FULL -> connection.close(Closing.TOO_MANY);
            case GONE -> {
                // Nobody is left who waits for the answer.
            }
            default -> throw new IllegalStateException("A message is queued, or it is not");
        }
    }

    @Override
    public void ended(ClientConnection connection, Closing closing) {
        connections.ended(connection);
        policies.listeners().forEach(listener -> listener.ended(connection.id(), connection.openFor()));
        Optional<LambdaFunction> function = routes.function(WebSocketRoutes.DISCONNECT);
        Optional<Duration> delay = policies.disconnects().delay(connection.id());
        if (function.isEmpty() || delay.isEmpty()) {
            return;
        }
        threads.execute(() -> {
            try {
                Thread.sleep(delay.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            byte[] event = WebSocketEvents.disconnect(connection.client(), GatewayIds.next(), closing);
            integration.invoke(function.get(), event);
        });
    }

    @Override
    public void closed(ClientConnection connection) {
        connections.closed(connection);
    }
}
