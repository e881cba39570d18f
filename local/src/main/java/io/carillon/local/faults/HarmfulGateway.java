package io.carillon.local.faults;

import io.carillon.local.gateway.CallbackGate;
import io.carillon.local.gateway.CallbackGate.Verdict;
import io.carillon.local.gateway.GatewayPolicies;
import io.carillon.local.gateway.LocalGateway;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Lets API Gateway misbehave: frames, farewells, posts, and the connections themselves. */
final class HarmfulGateway {

    private static final Duration FRAME_DELAY = Duration.ofMillis(200);
    private static final Duration DISCONNECT_DELAY = Duration.ofSeconds(30);

    private final Faults faults;
    private final LocalGateway gateway;
    private final AtomicLong draws = new AtomicLong();

    HarmfulGateway(Faults faults, LocalGateway gateway) {
        this.faults = faults;
        this.gateway = gateway;
    }

    void install() {
        GatewayPolicies policies = gateway.policies();
        CallbackGate usual = policies.callbacks();
        policies.frames((connection, number, text) -> {
            Optional<Fault> fault = faults.strike(FaultKind.DELAY_FRAMES);
            if (fault.isPresent()) {
                double lot = fault.get().lot(number * 31 + connection.hashCode());
                Thread.sleep(
                        (long) (lot * fault.get().duration("max", FRAME_DELAY).toMillis()));
            }
        });
        policies.disconnects(connection ->
                faults.strike(FaultKind.DROP_DISCONNECT).isPresent()
                        ? Optional.empty()
                        : Optional.of(faults.strike(FaultKind.DELAY_DISCONNECT)
                                .map(fault -> fault.duration("by", DISCONNECT_DELAY))
                                .orElse(Duration.ZERO)));
        policies.callbacks((method, connection) -> {
            Verdict verdict = faults.isQuiet() ? Verdict.PASS : judge(method, connection);
            return verdict == Verdict.PASS ? usual.judge(method, connection) : verdict;
        });
    }

    private Verdict judge(String method, String connection) {
        ConnectionLot lot = new ConnectionLot(connection);
        if (method.equals("POST")
                && faults.strike(FaultKind.GONE, fault -> fault.isFor(lot)).isPresent()) {
            return Verdict.GONE;
        }
        if (method.equals("POST")
                && faults.strike(FaultKind.STOP_READING, fault -> fault.isFor(lot))
                        .isPresent()) {
            return Verdict.LIMIT_EXCEEDED;
        }
        return faults.strike(FaultKind.CALLBACK_ERROR, fault -> fault.isFor(lot))
                .map(fault -> switch (fault.status()) {
                    case 403 -> Verdict.FORBIDDEN;
                    case 500 -> Verdict.INTERNAL_ERROR;
                    default -> Verdict.LIMIT_EXCEEDED;
                })
                .orElse(Verdict.PASS);
    }

    void cut(Fault fault) {
        List<String> open = List.copyOf(gateway.connectionIds());
        for (long i = 0; i < fault.connections() && !open.isEmpty(); i++) {
            gateway.cut(open.get((int) (fault.lot(draws.incrementAndGet()) * open.size())));
        }
    }

    void cutAll() {
        gateway.cutAll();
    }

    void age(Duration jump) {
        gateway.age(jump);
    }
}
