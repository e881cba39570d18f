package io.carillon.limit;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Says whether a connection sends too many frames, as far as this function instance has seen them. Remembers the
 * {@value Recent#REMEMBERED} connections that it heard from last.
 *
 * <p>Safe for use by several threads.
 */
public final class FrameRates {

    /** How many times the limit a connection may send for long before it is not worth an answer any more. */
    private static final int ABUSE = 2;

    private static final int ABUSE_SECONDS = 10;
    private static final int CLOSES_PER_SECOND = 1;

    private final int perSecond;
    private final InstantSource clock;
    private final Recent<Rates> connections = new Recent<>();

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
        /** End the connection, and tell it why. */
        ABUSE,
        /** It has been told: close it, in case that the first try came to nothing. */
        ENDED,
        /** It is being closed: do nothing. */
        IGNORED
    }

    private static final class Rates {

        private final Rate allowed;
        private final Rate bearable;
        private final Rate closes;
        private final AtomicBoolean told = new AtomicBoolean();

        Rates(Rate allowed, Rate bearable, Rate closes) {
            this.allowed = allowed;
            this.bearable = bearable;
            this.closes = closes;
        }

        Verdict count() {
            if (told.get()) {
                return ending();
            }
            boolean isBearable = bearable.allows();
            if (allowed.allows()) {
                return Verdict.ALLOWED;
            }
            if (isBearable) {
                return Verdict.TOO_MANY;
            }
            return ending();
        }

        /** What a slow connection has sent before it is closed comes all the same, and shall cost nothing. */
        private Verdict ending() {
            boolean mayClose = closes.allows();
            if (told.compareAndSet(false, true)) {
                return Verdict.ABUSE;
            }
            return mayClose ? Verdict.ENDED : Verdict.IGNORED;
        }
    }

    /** Counts a frame of a connection, and says what to do with it. */
    public Verdict count(String connection) {
        if (perSecond == 0) {
            return Verdict.ALLOWED;
        }
        return connections.of(connection, this::fresh).count();
    }

    private Rates fresh() {
        int bearable = (int) Math.min(Integer.MAX_VALUE / ABUSE_SECONDS, (long) perSecond * ABUSE);
        return new Rates(
                new Rate(perSecond, clock),
                new Rate(bearable, bearable * ABUSE_SECONDS, clock),
                new Rate(CLOSES_PER_SECOND, clock));
    }
}
