package io.carillon.local.faults;

import io.carillon.local.gateway.CallbackGate;
import io.carillon.local.gateway.CallbackGate.Verdict;
import io.carillon.local.gateway.DisconnectPolicy;
import io.carillon.local.gateway.FrameSchedule;
import io.carillon.local.gateway.GatewayPolicies;
import io.carillon.local.gateway.LocalGateway;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Puts faults before what the gateway would do without them. */
final class GatewayFaults {

    private final Supplier<List<ActiveFault>> active;
    private final LocalGateway gateway;

    GatewayFaults(Supplier<List<ActiveFault>> active, LocalGateway gateway) {
        this.active = active;
        this.gateway = gateway;
    }

    void install() {
        GatewayPolicies policies = gateway.policies();
        CallbackGate callbacks = policies.callbacks();
        policies.callbacks((method, id) -> verdict(id).orElseGet(() -> callbacks.judge(method, id)));
        DisconnectPolicy disconnects = policies.disconnects();
        policies.disconnects(id -> disconnect(disconnects, id));
        FrameSchedule frames = policies.frames();
        policies.frames((id, number, text) -> {
            Optional<Duration> hold = hold(id);
            if (hold.isPresent()) {
                Thread.sleep(hold.get());
            }
            frames.hold(id, number, text);
        });
    }

    private Stream<ActiveFault> of(Kind kind) {
        return active.get().stream().filter(one -> one.fault().kind() == kind);
    }

    private Stream<ActiveFault> striking(Kind kind, String connection) {
        return of(kind).filter(one -> one.fault().allows(Key.CONNECTION, connection))
                .filter(one -> isOf(one.fault(), connection))
                .filter(ActiveFault::strikes);
    }

    private boolean isOf(Fault fault, String connection) {
        return fault.value(Key.AGENT).isEmpty() || gateway.userAgent(connection).equals(fault.value(Key.AGENT));
    }

    private Optional<Verdict> verdict(String connection) {
        return striking(Kind.GONE, connection)
                .findFirst()
                .map(one -> Verdict.GONE)
                .or(() -> striking(Kind.CALLBACK_ERROR, connection)
                        .findFirst()
                        .map(one -> switch (one.fault().value(Key.STATUS).orElseThrow()) {
                            case "429" -> Verdict.LIMIT_EXCEEDED;
                            case "503" -> Verdict.UNAVAILABLE;
                            default -> Verdict.INTERNAL_ERROR;
                        }));
    }

    private Optional<Duration> disconnect(DisconnectPolicy otherwise, String connection) {
        if (striking(Kind.DROP_DISCONNECT, connection).findFirst().isPresent()) {
            return Optional.empty();
        }
        Duration more = striking(Kind.DELAY_DISCONNECT, connection)
                .findFirst()
                .flatMap(one -> one.fault().duration(Key.BY))
                .orElse(Duration.ZERO);
        return otherwise.delay(connection).map(more::plus);
    }

    private Optional<Duration> hold(String connection) {
        return striking(Kind.DELAY_FRAMES, connection).findFirst().map(one -> {
            Duration max = one.fault().duration(Key.MAX).orElseThrow();
            return Duration.ofNanos((long) (one.share() * max.toNanos()));
        });
    }
}
