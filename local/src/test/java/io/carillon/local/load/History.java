package io.carillon.local.load;

import io.carillon.events.Position;
import io.carillon.local.load.Attempt.Outcome;
import io.carillon.local.load.Observed.Witness;
import io.carillon.local.load.Seen.Way;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** Writes the history of a run by hand: one channel, one thing after another, each a millisecond later. */
final class History {

    static final String CHANNEL = "load:one";
    static final String EPOCH = "ep";
    static final long WINDOW = 100;

    private final List<Attempt> attempts = new ArrayList<>();
    private final Map<String, List<Seen>> clients = new TreeMap<>();
    private final Map<String, Set<String>> presence = new HashMap<>();
    private final List<ReadBack> readBacks = new ArrayList<>();
    private final List<PresenceSample> samples = new ArrayList<>();
    private final Map<String, Condition> conditions = new HashMap<>();
    private OptionalLong struckAt = OptionalLong.empty();
    private Observed.Rules rules = new Observed.Rules(true, WINDOW, 0, false, false);
    private long now;

    long now() {
        return now;
    }

    private long tick() {
        now += 1_000_000;
        return now;
    }

    static long digest(long offset) {
        return Payloads.digest("data of " + offset);
    }

    /** Publications that got these offsets. */
    History published(long from, long to) {
        for (long offset = from; offset <= to; offset++) {
            long sentAt = tick();
            Outcome outcome = new Outcome.Accepted(tick(), new Position(offset, EPOCH));
            attempts.add(new Attempt(CHANNEL, digest(offset), sentAt, outcome));
        }
        return this;
    }

    /** A publish call for what would be a certain publication, whose answer got lost. */
    History unanswered(long offset) {
        attempts.add(new Attempt(CHANNEL, digest(offset), tick(), new Outcome.Failed(tick(), 0, "timeout")));
        return this;
    }

    /** A publish call for what would be a certain publication, which the server would not take. */
    History refused(long offset) {
        attempts.add(new Attempt(CHANNEL, digest(offset), tick(), new Outcome.Failed(tick(), 107, "bad request")));
        return this;
    }

    History attempt(String epoch, long offset, String data) {
        Outcome outcome = new Outcome.Accepted(tick(), new Position(offset, epoch));
        attempts.add(new Attempt(CHANNEL, Payloads.digest(data), tick(), outcome));
        return this;
    }

    History event(String client, Seen event) {
        clients.computeIfAbsent(client, name -> new ArrayList<>()).add(event);
        return this;
    }

    History connected(String client) {
        return event(client, new Seen.Connected(tick(), "id-" + client));
    }

    History lost(String client) {
        return event(client, new Seen.Lost(tick(), LoadClient.CUT, "cut"));
    }

    /** A client that connects and subscribes for the first time. */
    History joined(String client, long offset) {
        return connected(client).subscribed(client, offset, false, false);
    }

    /** A client that lost its connection, and comes back to be told that it got all it missed. */
    History returned(String client, long offset) {
        return lost(client).connected(client).subscribed(client, offset, true, true);
    }

    History subscribed(String client, long offset, boolean recovering, boolean recovered) {
        Position position = new Position(offset, EPOCH);
        return event(client, new Seen.Subscribed(tick(), CHANNEL, position, recovering, recovered));
    }

    History pushed(String client, long... offsets) {
        for (long offset : offsets) {
            event(client, new Seen.Received(tick(), CHANNEL, offset, digest(offset), Way.PUSH));
        }
        return this;
    }

    History replied(String client, long... offsets) {
        for (long offset : offsets) {
            event(client, new Seen.Received(tick(), CHANNEL, offset, digest(offset), Way.REPLY));
        }
        return this;
    }

    History left(String client) {
        return event(client, new Seen.Left(tick(), CHANNEL));
    }

    /** A channel without history. */
    History loose() {
        rules = new Observed.Rules(false, 0, rules.repeats(), rules.faults(), rules.expires());
        return this;
    }

    /** Repeats may reach back so far. */
    History repeating(long offsets) {
        rules = new Observed.Rules(rules.history(), rules.window(), offsets, rules.faults(), rules.expires());
        return this;
    }

    History readBack(long offset, ReadBack.Found found) {
        readBacks.add(new ReadBack(CHANNEL, offset, tick(), found));
        return this;
    }

    /** A client that is in a condition since now. */
    History struck(String client, Condition condition) {
        conditions.put(client, condition);
        struckAt = OptionalLong.of(tick());
        return this;
    }

    /** Lets time pass. */
    History later(long seconds) {
        now += seconds * 1_000_000_000;
        return this;
    }

    /** Has the clock jump by as much as the history is kept, or more. */
    History aged() {
        rules = new Observed.Rules(rules.history(), rules.window(), rules.repeats(), rules.faults(), true);
        return this;
    }

    History withFaults() {
        rules = new Observed.Rules(rules.history(), rules.window(), rules.repeats(), true, rules.expires());
        return this;
    }

    /** The clock jumps as far as the history lasts. */
    History expiring() {
        rules = new Observed.Rules(rules.history(), rules.window(), rules.repeats(), rules.faults(), true);
        return this;
    }

    History sampled(String... clientIds) {
        samples.add(new PresenceSample(CHANNEL, tick(), tick(), Set.of(clientIds)));
        return this;
    }

    History present(String... clientIds) {
        presence.put(CHANNEL, Set.of(clientIds));
        return this;
    }

    Observed observed() {
        List<Witness> witnesses = clients.entrySet().stream()
                .map(client -> new Witness(
                        client.getKey(),
                        conditions.getOrDefault(client.getKey(), Condition.HEALTHY),
                        List.of(CHANNEL),
                        client.getValue()))
                .toList();
        return new Observed(rules, attempts, readBacks, witnesses, presence, samples, struckAt, tick());
    }

    Verdict check() {
        return Checker.check(observed());
    }
}
