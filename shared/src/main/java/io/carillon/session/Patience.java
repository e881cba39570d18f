package io.carillon.session;

/**
 * Allows one wait per frame for a command that is behind: what has not come by then will not come for the frame's next
 * command either, and a frame that is refused many times must not hold its function for as many waits.
 *
 * <p>For use by one thread.
 */
final class Patience {

    private boolean spent;

    /** Gives the wait to whoever asks first. */
    boolean allows() {
        boolean allowed = !spent;
        spent = true;
        return allowed;
    }
}
