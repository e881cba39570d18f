package io.carillon.region;

import java.time.Duration;
import java.time.Instant;

/**
 * Remembers when health checks last found this Region with its present mark. Must be safe for use by several threads and
 * processes.
 */
public interface Sightings {

    /**
     * Notes that the Region was found, unless it had not been for longer than {@code gap}: then that is not forgotten any
     * more. The first time counts as found.
     *
     * @return whether it was noted
     */
    boolean note(Instant now, Duration gap);

    /** Whether {@link #note} would note it; changes nothing. */
    boolean wouldNote(Instant now, Duration gap);
}
