package io.carillon.local.gateway;

/**
 * Holds back single frames between their arrival and their invocation, so that the frames of one connection reach the
 * handlers late and in another order. API Gateway promises no order: it invokes once per frame, side by side.
 *
 * <p>Called on the frame's own virtual thread, so it may sleep or wait; called from several threads at once.
 */
@FunctionalInterface
public interface FrameSchedule {

    /**
     * Returns when the frame may go on.
     *
     * @param connectionId the connection that sent the frame
     * @param number       count of this connection's frames so far, from 1
     * @param text         the frame's whole message
     * @throws InterruptedException if the gateway closes meanwhile; the frame is then dropped
     */
    void hold(String connectionId, long number, String text) throws InterruptedException;

    /** Lets every frame go on at once. */
    static FrameSchedule immediate() {
        return (connectionId, number, text) -> {};
    }
}
