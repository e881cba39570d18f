package io.carillon.region;

import io.carillon.events.Json;
import io.carillon.events.aws.HttpAnswer;
import io.carillon.events.aws.HttpEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code GET /health}: 200 while this Region may serve, 503 if it fails, and 503 for good once Route 53's health
 * checks have not found it for a while: another Region has served in its place then, so its logs must not go on. A new
 * {@code carillon.epoch_mark} lets it serve again.
 *
 * <p>Only Route 53's checkers count, by the User-Agent that they send; others see how it stands. Without a mark there is no
 * other Region, and the answer is always 200, as Centrifugo's health endpoint has it.
 *
 * <p>Safe for use by several threads.
 */
public final class HealthFront {

    /** What is asked. */
    public static final String PATH = "/health";

    /** How the User-Agent of Route 53's health checkers begins. */
    public static final String CHECKER = "Amazon-Route53-Health-Check-Service";

    /**
     * How long the Region may go unseen. Shorter than it takes Route 53 to give it up (three failed checks, 30 seconds
     * apart, are a minute at least), and far longer than its checkers together leave between two checks (two seconds).
     */
    public static final Duration GAP = Duration.ofSeconds(45);

    private static final Logger LOG = LoggerFactory.getLogger(HealthFront.class);

    private final Optional<Sightings> sightings;
    private final InstantSource clock;

    /**
     * Answers for a deployment.
     *
     * @param sightings none if it has one Region
     */
    public HealthFront(Optional<Sightings> sightings, InstantSource clock) {
        this.sightings = sightings;
        this.clock = clock;
    }

    /** Answers for a deployment with one Region. */
    public static HealthFront ofOneRegion() {
        return new HealthFront(Optional.empty(), InstantSource.system());
    }

    /** Whether a request asks this. */
    public static boolean serves(HttpEvent event) {
        return event.path().equals(PATH);
    }

    /** Answers one request. */
    public HttpAnswer answer(HttpEvent event) {
        if (!event.method().equals("GET") && !event.method().equals("HEAD")) {
            return HttpAnswer.status(405);
        }
        try {
            boolean mayServe = sightings
                    .map(seen -> event.header("user-agent").startsWith(CHECKER)
                            ? seen.note(clock.instant(), GAP)
                            : seen.wouldNote(clock.instant(), GAP))
                    .orElse(true);
            return mayServe
                    ? HttpAnswer.json(200, "{}")
                    : unhealthy("Health checks did not find this Region for a while, so another may have served in its"
                            + " place: give it a new carillon.epoch_mark before it serves again");
        } catch (RuntimeException e) {
            LOG.error("The health check failed", e);
            return unhealthy("DynamoDB does not answer");
        }
    }

    private static HttpAnswer unhealthy(String why) {
        return HttpAnswer.json(503, Json.write(Map.of("error", why)));
    }
}
