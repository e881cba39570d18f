package io.carillon.longpoll;

import io.carillon.config.AllowedOrigins;
import io.carillon.connection.Closer;
import io.carillon.events.Framing;
import io.carillon.events.MalformedJson;
import io.carillon.events.aws.HttpAnswer;
import io.carillon.events.aws.HttpEvent;
import io.carillon.events.poll.PollAnswer;
import io.carillon.events.poll.PollOpened;
import io.carillon.events.poll.PollRequest;
import io.carillon.limit.FrameRates;
import io.carillon.limit.FrameRates.Verdict;
import io.carillon.limit.SourceRates;
import io.carillon.longpoll.Outboxes.Waiting;
import io.carillon.session.Doorkeeper;
import io.carillon.session.FrameHandler;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Answers the requests of clients that cannot use WebSocket, all {@code POST} and none of them held: {@code open} makes a
 * connection, {@code send} carries a frame to the server and brings what waits, {@code poll} only brings what waits, and
 * {@code close} ends the connection. Bodies are {@link PollRequest}, {@link PollOpened} and {@link PollAnswer}.
 *
 * <p>Statuses: 400 for a body that cannot be read, 403 for a page whose Origin is not allowed, 404 for another path, 405
 * for another HTTP method, 410 for a connection that has ended, 413 for a frame larger than WebSocket would take, 429 for
 * too many polls of one connection and for too many opens of one IP address (too many frames are answered as over
 * WebSocket). CORS is answered here, because API Gateway's own knows no patterns like {@code https://*.example.com};
 * where it is on, API Gateway answers in its place.
 *
 * <p>Safe for use by several threads.
 */
public final class LongPollFront {

    /** What the paths begin with. */
    public static final String PATH = "/connection/long_poll/";

    /** The largest frame that a client may send, in bytes: what API Gateway takes over WebSocket. */
    private static final int MAX_FRAME = 32 * 1024;

    /** The largest body: JSON may write each byte of a frame as six. */
    private static final int MAX_BODY = 6 * MAX_FRAME + 1024;

    private static final String PREFLIGHT_SECONDS = "7200";

    private final Parts parts;

    /**
     * What it is assembled from.
     *
     * @param rates how many polls one connection may make
     * @param opens how many connections one IP address may open
     * @param minInterval how long clients are to wait between two polls while messages come
     * @param maxInterval how long while none come
     */
    public record Parts(
            Doorkeeper doorkeeper,
            AllowedOrigins origins,
            FrameHandler frames,
            Closer closer,
            Outboxes outboxes,
            FrameRates rates,
            SourceRates opens,
            Duration minInterval,
            Duration maxInterval) {}

    public LongPollFront(Parts parts) {
        this.parts = parts;
    }

    /** Answers one request. */
    public HttpAnswer answer(HttpEvent event) {
        if (!event.path().startsWith(PATH)) {
            return HttpAnswer.status(404);
        }
        String origin = event.header("origin");
        if (!parts.origins().permits(origin)) {
            return HttpAnswer.status(403);
        }
        HttpAnswer answer = switch (event.method()) {
            case "OPTIONS" -> preflight();
            case "POST" -> post(event, origin);
            default -> HttpAnswer.status(405);
        };
        return withHeaders(answer, origin);
    }

    private HttpAnswer post(HttpEvent event, String origin) {
        if (!event.isText()) {
            return HttpAnswer.status(400);
        }
        if (event.body().length() > MAX_BODY) {
            return HttpAnswer.status(413);
        }
        String action = event.path().substring(PATH.length());
        if (action.equals("open")) {
            return parts.opens().allows(event.sourceIp()) ? open(origin) : HttpAnswer.status(429);
        }
        try {
            PollRequest request = PollRequest.read(event.body());
            if (!PollSession.isOne(request.session())) {
                return HttpAnswer.status(400);
            }
            String connection = PollSession.connection(request.session());
            return switch (action) {
                case "poll" -> poll(connection, request.ack());
                case "send" -> send(connection, request);
                case "close" -> close(connection);
                default -> HttpAnswer.status(404);
            };
        } catch (MalformedJson e) {
            return HttpAnswer.status(400);
        }
    }

    private HttpAnswer open(String origin) {
        String session = PollSession.create();
        String connection = PollSession.connection(session);
        // The outbox first: whoever finds the connection may post to it.
        parts.outboxes().open(connection);
        if (!parts.doorkeeper().admit(connection, origin)) {
            parts.outboxes().remove(connection);
            return HttpAnswer.status(403);
        }
        return HttpAnswer.json(
                200,
                new PollOpened(
                                session,
                                parts.minInterval().toMillis(),
                                parts.maxInterval().toMillis())
                        .write());
    }

    private HttpAnswer send(String connection, PollRequest request) {
        if (request.frame().isEmpty()) {
            // The protocol would take it for a broken frame, and end the connection.
            return HttpAnswer.status(400);
        }
        if (Framing.utf8Length(request.frame()) > MAX_FRAME) {
            return HttpAnswer.status(413);
        }
        String reply = parts.frames().handle(connection, request.frame());
        return waiting(connection, request.ack(), reply);
    }

    private HttpAnswer poll(String connection, long ack) {
        return parts.rates().count(connection) == Verdict.ALLOWED
                ? waiting(connection, ack, "")
                : HttpAnswer.status(429);
    }

    private HttpAnswer waiting(String connection, long ack, String reply) {
        Optional<Waiting> found = parts.outboxes().take(connection, ack);
        if (found.isEmpty()) {
            return HttpAnswer.status(410);
        }
        Waiting waiting = found.get();
        long first = waiting.messages().isEmpty() ? 0 : waiting.before() + 1;
        return HttpAnswer.json(200, new PollAnswer(reply, first, waiting.messages(), waiting.closed()).write());
    }

    private HttpAnswer close(String connection) {
        parts.closer().forget(connection);
        parts.outboxes().remove(connection);
        return HttpAnswer.json(200, "{}");
    }

    private static HttpAnswer preflight() {
        return new HttpAnswer(
                204,
                Map.of(
                        "access-control-allow-methods", "POST",
                        "access-control-allow-headers", "content-type",
                        "access-control-max-age", PREFLIGHT_SECONDS),
                "");
    }

    /** No answer is good a second time, or for another page. */
    private static HttpAnswer withHeaders(HttpAnswer answer, String origin) {
        Map<String, String> headers = new TreeMap<>(answer.headers());
        headers.put("cache-control", "no-store");
        if (!origin.isEmpty()) {
            headers.put("access-control-allow-origin", origin);
            headers.put("vary", "origin");
        }
        return new HttpAnswer(answer.statusCode(), headers, answer.body());
    }
}
