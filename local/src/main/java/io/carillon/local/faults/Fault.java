package io.carillon.local.faults;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One fault that is switched on: decides whether it strikes this time. The decision over the n-th chance depends on the
 * seed and n alone, so that a run repeats as far as its threads do. Safe for use by several threads.
 */
final class Fault {

    private static final List<String> FUNCTIONS =
            List.of("any", "connect", "message", "disconnect", "api", "deliver", "heartbeat");
    private static final List<String> SERVICES = List.of("any", "dynamodb", "sqs");

    private final FaultText text;
    private final long seed;
    private final long startedNanos;
    private final double probability;
    private final long every;
    private final long most;
    private final Duration from;
    private final Duration lasting;
    private final AtomicLong chances = new AtomicLong();
    private final AtomicLong strikes = new AtomicLong();

    Fault(FaultText text, long seed, long nowNanos) {
        this.text = text;
        this.seed = seed;
        this.startedNanos = nowNanos;
        this.probability = text.share("probability", 1);
        this.every = text.kind().isTimed() ? 1 : text.count("every", 1);
        this.most = text.count("count", Long.MAX_VALUE);
        this.from = text.duration("from", Duration.ZERO);
        this.lasting = text.duration("for", Duration.ofDays(365));
        check();
    }

    private void check() {
        function();
        service();
        step();
        status();
        share();
        text.duration("after", Duration.ZERO);
        text.duration("delay", Duration.ZERO);
        text.duration("max", Duration.ZERO);
        text.duration("by", Duration.ZERO);
        text.duration("jump", Duration.ZERO);
        text.count("connections", 1);
        if (text.kind().isTimed()) {
            text.duration("every", Duration.ZERO);
        }
    }

    FaultKind kind() {
        return text.kind();
    }

    String text() {
        return text.text();
    }

    long struck() {
        return strikes.get();
    }

    String function() {
        return text.word("function", "any", FUNCTIONS);
    }

    String service() {
        return text.word("service", "any", SERVICES);
    }

    Step step() {
        return Step.of(text.word("at", Step.AFTER_APPEND.label(), Step.labels()));
    }

    int status() {
        return Integer.parseInt(text.word("status", "429", List.of("403", "429", "500")));
    }

    double share() {
        return text.share("share", 1);
    }

    Duration duration(String setting, Duration otherwise) {
        return text.duration(setting, otherwise);
    }

    long connections() {
        return text.count("connections", 1);
    }

    boolean isFor(String functionName) {
        return function().equals("any") || function().equals(functionName);
    }

    /** Whether a connection is among those that were chosen: by its id, or by lot, for as long as the fault is on. */
    boolean isFor(ConnectionLot lot) {
        String named = text.word("connection", "");
        return named.isEmpty() ? lot.draw(seed) < share() : named.equals(lot.connection());
    }

    /** Decides, and counts. */
    boolean strikes(long nowNanos) {
        if (!isOn(nowNanos)) {
            return false;
        }
        long chance = chances.incrementAndGet();
        boolean due = chance % every == 0
                && (probability >= 1 || new SplittableRandom(seed * 31 + chance).nextDouble() < probability);
        return due && count();
    }

    boolean isOn(long nowNanos) {
        long running = nowNanos - startedNanos;
        return running >= from.toNanos() && running - from.toNanos() < lasting.toNanos();
    }

    private boolean count() {
        if (strikes.incrementAndGet() > most) {
            strikes.decrementAndGet();
            return false;
        }
        return true;
    }

    /** A number from 0 to 1 that belongs to the n-th strike. */
    double lot(long salt) {
        return new SplittableRandom(seed ^ salt).nextDouble();
    }
}
