package io.carillon.local.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** Asks the server who is there: now and then during a run, and at its end. */
final class PresenceWatch {

    private static final long PAUSE_MILLIS = 500;
    private static final long POLL_MILLIS = 20;

    private final Scenario scenario;
    private final String run;
    private final ServerApi api;
    private final LongSupplier clock;
    private final Queue<PresenceSample> samples = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private Optional<Thread> thread = Optional.empty();

    PresenceWatch(Scenario scenario, String run, ServerApi api, LongSupplier clock) {
        this.scenario = scenario;
        this.run = run;
        this.api = api;
        this.clock = clock;
    }

    /** Begins to take samples, one channel after the other. */
    void start() {
        thread = Optional.of(Thread.startVirtualThread(this::sample));
    }

    private void sample() {
        try {
            for (int i = 0; !stopped.get(); i = (i + 1) % scenario.channels()) {
                String channel = scenario.channel(run, i);
                long askedAt = clock.getAsLong();
                api.presence(channel)
                        .ifPresent(ids -> samples.add(new PresenceSample(channel, askedAt, clock.getAsLong(), ids)));
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes no more samples, and gives those that were taken. */
    List<PresenceSample> stop() {
        stopped.set(true);
        thread.ifPresent(Thread::interrupt);
        return new ArrayList<>(samples);
    }

    /**
     * Asks who is there in the end, again and again for a while if it is not right: a lost connection may be noticed
     * late.
     */
    Map<String, Set<String>> atEnd(List<LoadClient> clients, long patienceNanos) throws InterruptedException {
        Map<String, Set<String>> said = new HashMap<>();
        long deadline = clock.getAsLong() + patienceNanos;
        for (int i = 0; i < scenario.channels(); i++) {
            String channel = scenario.channel(run, i);
            Set<String> expected = subscribed(clients, channel);
            Optional<Set<String>> answer = api.presence(channel);
            while (answer.isPresent() && !answer.get().equals(expected) && clock.getAsLong() < deadline) {
                Thread.sleep(POLL_MILLIS);
                answer = api.presence(channel);
            }
            answer.ifPresent(ids -> said.put(channel, ids));
        }
        return said;
    }

    private Set<String> subscribed(List<LoadClient> clients, String channel) {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < clients.size(); i++) {
            if (scenario.channelsOf(run, i).contains(channel)) {
                clients.get(i).clientId().ifPresent(ids::add);
            }
        }
        return ids;
    }
}
