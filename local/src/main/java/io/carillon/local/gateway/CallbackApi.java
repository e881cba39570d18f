package io.carillon.local.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.events.Json;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers {@code @connections} requests: POST sends to a connection, GET tells about it, DELETE ends it. Errors carry the
 * {@code x-amzn-ErrorType} header, which the AWS SDK maps to its exceptions (API Gateway developer guide, "Use
 * @connections commands in your backend service").
 *
 * <p>A request must carry an {@code Authorization} header, because a forgotten signature is a mistake worth seeing on a
 * laptop; the signature itself is not checked, as there is no secret to check it with. The bytes of a POST go out as one
 * text message and are not checked to be UTF-8.
 */
final class CallbackApi {

    /**
     * A longer body is not read to its end, and the sender loses its HTTP connection, perhaps before it has the answer: so
     * this is what API Gateway takes of any request, which is far more than a message may be.
     */
    private static final int LONGEST_READ = 10 << 20;

    private final Connections connections;
    private final GatewayPolicies policies;
    private final int clientBuffer;

    CallbackApi(Connections connections, GatewayPolicies policies, int clientBuffer) {
        this.connections = connections;
        this.policies = policies;
        this.clientBuffer = clientBuffer;
    }

    /** Answers one request; the last part of the path is still percent-encoded. Does not block. */
    void handle(String encodedId, Request request, Response response, Callback callback) {
        String id = decode(encodedId);
        // Every answer of AWS names its request, and the CRT client misreads an answer without any header.
        response.getHeaders().put("x-amzn-RequestId", GatewayIds.next());
        // Read before any refusal, so that the sender's connection can be used again.
        RequestBody.read(request, LONGEST_READ, (body, failure) -> {
            if (failure == null) {
                Outbox.after(policies.pace().accepted(), answer(id, body, request, response, callback));
            } else if (RequestBody.tooLarge(failure)) {
                Refusal.TOO_LARGE.write(response, callback, "");
            } else {
                callback.failed(failure);
            }
        });
    }

    private static String decode(String encoded) {
        if (encoded.indexOf('%') < 0) {
            return encoded;
        }
        try {
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Not an id then, which the answer will say.
            return encoded;
        }
    }

    /** Does what is asked for; gives what writes the answer. */
    private Runnable answer(String id, byte[] body, Request request, Response response, Callback callback) {
        String method = request.getMethod();
        Optional<Refusal> refusal = refusal(id, method, body, request);
        if (refusal.isPresent()) {
            return () -> refusal.get().write(response, callback, id);
        }
        Optional<ClientConnection> connection = connections.find(id);
        if (connection.isEmpty()) {
            return () -> Refusal.GONE.write(response, callback, id);
        }
        return switch (method) {
            case "POST" -> post(connection.get(), body, response, callback);
            case "GET" -> () -> HttpAnswers.json(response, callback, HttpStatus.OK_200, describe(connection.get()));
            default -> {
                connection.get().close(Closing.DELETED);
                yield () -> HttpAnswers.empty(response, callback, HttpStatus.NO_CONTENT_204);
            }
        };
    }

    private Optional<Refusal> refusal(String id, String method, byte[] body, Request request) {
        if (!request.getHeaders().contains(HttpHeader.AUTHORIZATION)) {
            return Optional.of(Refusal.NOT_SIGNED);
        }
        switch (policies.callbacks().judge(method, id)) {
            case GONE -> {
                return Optional.of(Refusal.GONE);
            }
            case LIMIT_EXCEEDED -> {
                return Optional.of(Refusal.LIMIT_EXCEEDED);
            }
            case FORBIDDEN -> {
                return Optional.of(Refusal.FORBIDDEN);
            }
            case INTERNAL_ERROR -> {
                return Optional.of(Refusal.INTERNAL_ERROR);
            }
            case UNAVAILABLE -> {
                return Optional.of(Refusal.UNAVAILABLE);
            }
            case PASS -> {
                // The request itself may still be wrong.
            }
            default -> throw new IllegalStateException("A gate must give a verdict");
        }
        if (!method.equals("POST") && !method.equals("GET") && !method.equals("DELETE")) {
            return Optional.of(Refusal.NO_SUCH_METHOD);
        }
        if (!GatewayIds.wellFormed(id)) {
            return Optional.of(Refusal.BAD_ID);
        }
        return body.length > GatewaySettings.MAX_MESSAGE ? Optional.of(Refusal.TOO_LARGE) : Optional.empty();
    }

    private Runnable post(ClientConnection connection, byte[] body, Response response, Callback callback) {
        return switch (connection.send(body, clientBuffer, policies.pace().delivered())) {
            case QUEUED -> {
                policies.listeners().forEach(listener -> listener.sent(connection.id(), body.length));
                yield () -> HttpAnswers.empty(response, callback, HttpStatus.OK_200);
            }
            case BUFFER_FULL -> () -> Refusal.LIMIT_EXCEEDED.write(response, callback, connection.id());
            case GONE -> () -> Refusal.GONE.write(response, callback, connection.id());
        };
    }

    private static ByteBuffer describe(ClientConnection connection) {
        Client client = connection.client();
        ObjectNode answer = Json.mapper().createObjectNode();
        answer.put("connectedAt", Instant.ofEpochMilli(client.connectedAt()).toString());
        answer.put(
                "lastActiveAt", Instant.ofEpochMilli(connection.lastActiveAt()).toString());
        answer.putObject("identity").put("sourceIp", client.sourceIp()).put("userAgent", client.userAgent());
        return ByteBuffer.wrap(Json.writeBytes(answer));
    }

    /** An error that the AWS SDK knows, or that API Gateway gives outside of its model. */
    private enum Refusal {
        BAD_ID(HttpStatus.BAD_REQUEST_400, "BadRequestException", "Invalid connectionId: "),
        NOT_SIGNED(HttpStatus.FORBIDDEN_403, "MissingAuthenticationTokenException", "Missing Authentication Token"),
        FORBIDDEN(HttpStatus.FORBIDDEN_403, "ForbiddenException", "Forbidden"),
        NO_SUCH_METHOD(HttpStatus.FORBIDDEN_403, "MissingAuthenticationTokenException", "Missing Authentication Token"),
        GONE(HttpStatus.GONE_410, "GoneException", "Gone"),
        TOO_LARGE(HttpStatus.PAYLOAD_TOO_LARGE_413, "PayloadTooLargeException", "Message too long"),
        LIMIT_EXCEEDED(HttpStatus.TOO_MANY_REQUESTS_429, "LimitExceededException", "Too Many Requests"),
        INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR_500, "InternalServerErrorException", "Internal server error"),
        UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE_503, "ServiceUnavailableException", "Service Unavailable");

        private final int status;
        private final HttpField type;
        private final String message;

        Refusal(int status, String type, String message) {
            this.status = status;
            this.type = new HttpField("x-amzn-ErrorType", type);
            this.message = message;
        }

        void write(Response response, Callback callback, String id) {
            response.getHeaders().put(type);
            HttpAnswers.message(response, callback, status, this == BAD_ID ? message + id : message);
        }
    }
}
