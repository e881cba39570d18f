package io.carillon.local.gateway;

import java.util.List;
import java.util.Map;

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
    private volatile List<GatewayListener> listeners = List.of();
    private volatile Door door = Door.accountRate();
    private volatile GatewayPace pace = GatewayPace.immediate();
    private volatile StageThrottle webSocketThrottle = StageThrottle.open();
    private volatile StageThrottle httpThrottle = StageThrottle.open();
    private volatile Map<String, StageThrottle> routeThrottles = Map.of();

    GatewayPolicies() {}

    public DisconnectPolicy disconnects() {
        return disconnects;
    }

    /** Decides when {@code $disconnect} events come, if at all. */
    public void disconnects(DisconnectPolicy policy) {
        disconnects = policy;
    }

    public Door door() {
        return door;
    }

    /** Decides which handshakes are refused. */
    public void door(Door keeper) {
        door = keeper;
    }

    public FrameSchedule frames() {
        return frames;
    }

    /** Decides how long each frame waits before its invocation. */
    public void frames(FrameSchedule schedule) {
        frames = schedule;
    }

    public List<GatewayListener> listeners() {
        return listeners;
    }

    /** Says who hears what is carried. */
    public void listeners(List<GatewayListener> all) {
        listeners = List.copyOf(all);
    }

    public GatewayPace pace() {
        return pace;
    }

    /** Says how long everything takes. */
    public void pace(GatewayPace durations) {
        pace = durations;
    }

    StageThrottle webSocketThrottle() {
        return webSocketThrottle;
    }

    StageThrottle httpThrottle() {
        return httpThrottle;
    }

    /** The throttle of a route of the HTTP API: its own, or the stage's. */
    StageThrottle httpThrottle(String routeKey) {
        return routeThrottles.getOrDefault(routeKey, httpThrottle);
    }

    /** Limits what single routes of the HTTP API take, by route key; the stage's throttle is for all others. */
    public void routeThrottles(Map<String, StageThrottle> throttles) {
        routeThrottles = Map.copyOf(throttles);
    }

    /** Limits what the stages of the two APIs take. */
    public void throttles(StageThrottle webSocket, StageThrottle http) {
        webSocketThrottle = webSocket;
        httpThrottle = http;
    }

    public CallbackGate callbacks() {
        return callbacks;
    }

    /** Decides which {@code @connections} requests are refused. */
    public void callbacks(CallbackGate gate) {
        callbacks = gate;
    }
}
