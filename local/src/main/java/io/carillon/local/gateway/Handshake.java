package io.carillon.local.gateway;

import io.carillon.local.gateway.Integration.Answered;
import io.carillon.local.gateway.Integration.Failed;
import io.carillon.local.gateway.Integration.Outcome;
import io.carillon.local.gateway.Integration.Reason;
import io.carillon.local.lambda.LambdaFunction;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.Handshaker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds each handshake until {@code $connect} has answered, then upgrades it or refuses it with the answer's status. */
final class Handshake {

    private static final Logger LOG = LoggerFactory.getLogger(Handshake.class);

    private final Handshaker handshaker = Handshaker.newInstance();
    private final Configuration.ConfigurationCustomizer limits = new Configuration.ConfigurationCustomizer();
    private final GatewaySettings settings;
    private final GatewayPolicies policies;
    private final Optional<LambdaFunction> connect;
    private final Integration integration;
    private final ClientConnection.Listener listener;
    private final WebSocketComponents components;
    private final Executor threads;

    Handshake(
            GatewaySettings settings,
            GatewayPolicies policies,
            Optional<LambdaFunction> connect,
            Integration integration,
            ClientConnection.Listener listener,
            WebSocketComponents components,
            Executor threads) {
        this.settings = settings;
        this.policies = policies;
        this.connect = connect;
        this.integration = integration;
        this.listener = listener;
        this.components = components;
        this.threads = threads;
        // Without this Jetty would split a frame that is too large in silence, where API Gateway closes with 1009.
        limits.setAutoFragment(false);
        limits.setMaxFrameSize(GatewaySettings.MAX_FRAME);
        limits.setMaxTextMessageSize(GatewaySettings.MAX_MESSAGE);
        limits.setMaxBinaryMessageSize(GatewaySettings.MAX_MESSAGE);
        limits.setIdleTimeout(Duration.ZERO);
    }

    /** Answers a request to one of the WebSocket paths; does not block. */
    void handle(Request request, Response response, Callback callback) {
        if (!request.getHeaders().contains(HttpHeader.UPGRADE, "websocket")) {
            response.getHeaders().put(HttpHeader.UPGRADE, "websocket");
            HttpAnswers.message(response, callback, HttpStatus.UPGRADE_REQUIRED_426, "Upgrade Required");
            return;
        }
        if (!HttpMethod.GET.is(request.getMethod())
                || !handshaker.isWebSocketUpgradeRequest(request)
                || request.getHeaders().get(HttpHeader.SEC_WEBSOCKET_KEY) == null) {
            HttpAnswers.message(response, callback, HttpStatus.BAD_REQUEST_400, "Bad Request");
            return;
        }
        Client client = client(request);
        String requestId = GatewayIds.next();
        if (!policies.door().letsIn() || !policies.webSocketThrottle().takes()) {
            refuse(client, requestId, HttpStatus.TOO_MANY_REQUESTS_429, new Exchange(request, response, callback));
            return;
        }
        byte[] event = WebSocketEvents.connect(client, requestId, headers(request, client), query(request));
        threads.execute(() -> {
            try {
                connect(client, requestId, event, new Exchange(request, response, callback));
            } catch (RuntimeException e) {
                LOG.warn("The handshake of {} failed", client.connectionId(), e);
                Response.writeError(request, response, callback, e);
            }
        });
    }

    private record Exchange(Request request, Response response, Callback callback) {}

    private void connect(Client client, String requestId, byte[] event, Exchange exchange) {
        if (connect.isEmpty()) {
            upgrade(client, Optional.empty(), exchange);
            return;
        }
        Outcome outcome = integration.invoke(connect.get(), event);
        if (outcome instanceof Failed(Reason reason) && reason == Reason.THROTTLED) {
            refuse(client, requestId, HttpStatus.TOO_MANY_REQUESTS_429, exchange);
            return;
        }
        Optional<ProxyAnswer> answer =
                outcome instanceof Answered(byte[] bytes) ? ProxyAnswer.read(bytes) : Optional.empty();
        if (answer.isEmpty()) {
            if (outcome instanceof Answered) {
                LOG.warn("$connect must answer an object with a statusCode");
            }
            refuse(client, requestId, HttpStatus.BAD_GATEWAY_502, exchange);
        } else if (!answer.get().accepts()) {
            refuse(client, requestId, answer.get().status(), exchange);
        } else if (answer.get().subprotocol().isPresent()
                && !offers(exchange.request(), answer.get().subprotocol().get())) {
            LOG.warn(
                    "$connect chose the subprotocol {}, which the client did not offer; answer one of those in the"
                            + " request's Sec-WebSocket-Protocol header",
                    answer.get().subprotocol().get());
            refuse(client, requestId, HttpStatus.BAD_GATEWAY_502, exchange);
        } else {
            upgrade(client, answer.get().subprotocol(), exchange);
        }
    }

    private void upgrade(Client client, Optional<String> subprotocol, Exchange exchange) {
        ClientConnection connection = new ClientConnection(client, listener);
        // A client that left while $connect ran gets no socket, but the function has seen it come and must see it go.
        Callback callback = Callback.from(exchange.callback()::succeeded, failure -> {
            connection.neverOpened();
            exchange.callback().failed(failure);
        });
        boolean upgraded = handshaker.upgradeRequest(
                (request, response, ignored) -> {
                    subprotocol.ifPresent(response::setAcceptedSubProtocol);
                    response.setExtensions(List.of());
                    return connection;
                },
                exchange.request(),
                exchange.response(),
                callback,
                components,
                limits);
        if (!upgraded) {
            HttpAnswers.message(exchange.response(), exchange.callback(), HttpStatus.BAD_REQUEST_400, "Bad Request");
        }
    }

    private static void refuse(Client client, String requestId, int status, Exchange exchange) {
        byte[] body = GatewayMessages.error(HttpStatus.getMessage(status), client.connectionId(), requestId);
        HttpAnswers.json(exchange.response(), exchange.callback(), status, ByteBuffer.wrap(body));
    }

    private Client client(Request request) {
        String host = request.getHeaders().get(HttpHeader.HOST);
        String userAgent = request.getHeaders().get(HttpHeader.USER_AGENT);
        return new Client(
                GatewayIds.next(),
                settings.stage(),
                settings.apiId(),
                host == null ? settings.host() : host,
                Request.getRemoteAddr(request),
                userAgent == null ? "" : userAgent,
                System.currentTimeMillis());
    }

    private static Map<String, List<String>> headers(Request request, Client client) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (HttpField field : request.getHeaders()) {
            if (field.getHeader() != HttpHeader.CONNECTION && field.getHeader() != HttpHeader.UPGRADE) {
                headers.computeIfAbsent(field.getName(), name -> new ArrayList<>())
                        .add(field.getValue() == null ? "" : field.getValue());
            }
        }
        headers.put("X-Amzn-Trace-Id", List.of(GatewayIds.traceId()));
        headers.put("X-Forwarded-For", List.of(client.sourceIp()));
        headers.put("X-Forwarded-Port", List.of(Integer.toString(Request.getLocalPort(request))));
        headers.put("X-Forwarded-Proto", List.of(request.isSecure() ? "https" : "http"));
        return headers;
    }

    private static Map<String, List<String>> query(Request request) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (Fields.Field field : Request.extractQueryParameters(request)) {
            query.put(field.getName(), field.getValues());
        }
        return query;
    }

    private static boolean offers(Request request, String subprotocol) {
        return request.getHeaders()
                .getCSV(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, true)
                .contains(subprotocol);
    }
}
