package io.carillon.limit;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Says whether a connection sends too many frames, as far as this function instance has seen them. Remembers the
 * {@value #REMEMBERED} connections that it heard from last.
 *
 * <p>Safe for use by several threads.
 */
public final class FrameRates {

    private static final int REMEMBERED = 10_000;

    /** How many times the limit a connection may send for long before it is not worth an answer any more. */
    private static final int ABUSE = 2;

    private static final int ABUSE_SECONDS = 10;

    private final int perSecond;
    private final InstantSource clock;
    private final Map<String, Rates> connections = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Rates> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * Starts anew.
     *
     * @param perSecond how many frames one connection may send; 0 for any number
     */
    public FrameRates(int perSecond, InstantSource clock) {
        this.perSecond = perSecond;
        this.clock = clock;
    }

    /** What to do with a frame. */
    public enum Verdict {
        /** Carry it out. */
        ALLOWED,
        /** Refuse its commands. */
        TOO_MANY,
        /** End the connection. */
        ABUSE
    }

    private record Rates(Rate allowed, Rate bearable) {}

    /** Counts a frame of a connection, and says what to do with it. */
    public Verdict count(String connection) {
        if (perSecond == 0) {
            return Verdict.ALLOWED;
        }
        Rates rates;
        synchronized (connections) {
            rates = connections.computeIfAbsent(connection, id -> fresh());
        }
        boolean bearable = rates.bearable().allows();
        if (rates.allowed().allows()) {
            return Verdict.ALLOWED;
        }
        return bearable ? Verdict.TOO_MANY : Verdict.ABUSE;
    }

    private Rates fresh() {
        int bearable = (int) Math.min(Integer.MAX_VALUE / ABUSE_SECONDS, (long) perSecond * ABUSE);
        return new Rates(new Rate(perSecond, clock), new Rate(bearable, bearable * ABUSE_SECONDS, clock));
    }
}
