package io.carillon.local.faults;

import io.carillon.local.gateway.LocalGateway;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The faults that come with time: looks every few milliseconds which are due. Used by one thread. */
final class TimedFaults implements Runnable {

    private final Supplier<List<ActiveFault>> active;
    private final LocalGateway gateway;
    private final FaultClock clock;
    private final Map<ActiveFault, Long> rounds = new HashMap<>();
    private final Map<ActiveFault, Set<String>> stalled = new HashMap<>();

    TimedFaults(Supplier<List<ActiveFault>> active, LocalGateway gateway, FaultClock clock) {
        this.active = active;
        this.gateway = gateway;
        this.clock = clock;
    }

    @Override
    public void run() {
        List<ActiveFault> now = active.get();
        rounds.keySet().retainAll(Set.copyOf(now));
        for (ActiveFault one : now) {
            switch (one.fault().kind()) {
                case CUT_ALL -> {
                    if (isDue(one, Key.PERIOD) && one.strikes()) {
                        gateway.cutAll();
                    }
                }
                case CUT -> cut(one);
                case CLOCK -> jump(one);
                case STOP_READING -> stall(one);
                default -> {
                    // Strikes when something happens.
                }
            }
        }
        List.copyOf(stalled.keySet()).stream()
                .filter(one -> !now.contains(one) || !one.isActive())
                .forEach(one -> stalled.remove(one).forEach(id -> gateway.stall(id, false)));
    }

    /** Whether one more period has passed since the fault began. */
    private boolean isDue(ActiveFault one, Key period) {
        Duration length = one.fault().duration(period).orElse(Duration.ZERO);
        long round = one.age().toNanos() / Math.max(1, length.toNanos());
        Long before = rounds.put(one, round);
        return round > (before == null ? 0 : before);
    }

    private void cut(ActiveFault one) {
        if (isDue(one, Key.PERIOD)) {
            gateway.connectionIds().stream()
                    .sorted()
                    .filter(id -> one.strikes())
                    .forEach(gateway::cut);
        }
    }

    private void jump(ActiveFault one) {
        Duration at = one.fault().duration(Key.AT).orElse(Duration.ZERO);
        if (one.count() == 0 && one.age().compareTo(at) >= 0 && one.strikes()) {
            Duration by = one.fault().duration(Key.JUMP).orElseThrow();
            clock.jump(by);
            gateway.age(by);
        }
    }

    private void stall(ActiveFault one) {
        if (!one.isActive()) {
            return;
        }
        Set<String> held = stalled.computeIfAbsent(one, first -> new HashSet<>());
        Set<String> open = gateway.connectionIds();
        held.retainAll(open);
        int room = Integer.parseInt(one.fault().value(Key.CONNECTIONS).orElseThrow()) - held.size();
        candidates(one.fault(), open).limit(Math.max(0, room)).forEach(id -> {
            if (gateway.stall(id, true)) {
                held.add(id);
                // Counted when it is so, for those who wait for the count.
                one.strikes();
            }
        });
    }

    private Stream<String> candidates(Fault fault, Set<String> open) {
        Set<String> taken = new HashSet<>();
        stalled.values().forEach(taken::addAll);
        return open.stream()
                .filter(id -> !taken.contains(id) && isOf(fault, id))
                .sorted();
    }

    private boolean isOf(Fault fault, String connection) {
        return fault.value(Key.AGENT).isEmpty() || gateway.userAgent(connection).equals(fault.value(Key.AGENT));
    }
}
