package io.carillon.local.gateway;

/**
 * Holds the behaviours of a running gateway that tests and fault injection may change at any time. A change holds for
 * what happens after it.
 *
 * <p>Safe for use by several threads.
 */
public final class GatewayPolicies {

    private volatile DisconnectPolicy disconnects = DisconnectPolicy.prompt();
    private volatile FrameSchedule frames = FrameSchedule.immediate();
    private volatile CallbackGate callbacks = CallbackGate.accountRate();

    GatewayPolicies() {}

    public DisconnectPolicy disconnects() {
        return disconnects;
    }

    /** Decides when {@code $disconnect} events come, if at all. */
    public void disconnects(DisconnectPolicy policy) {
        disconnects = policy;
    }

    public FrameSchedule frames() {
        return frames;
    }

    /** Decides how long each frame waits before its invocation. */
    public void frames(FrameSchedule schedule) {
        frames = schedule;
    }

    public CallbackGate callbacks() {
        return callbacks;
    }

    /** Decides which {@code @connections} requests are refused. */
    public void callbacks(CallbackGate gate) {
        callbacks = gate;
    }
}
