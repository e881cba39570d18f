package io.carillon.fakes;

import io.carillon.connection.Connection;
import io.carillon.connection.Connections;
import io.carillon.connection.Entry;
import io.carillon.connection.EntryLimit;
import io.carillon.connection.Revocations;
import io.carillon.connection.TokenStamp;
import io.carillon.events.RawJson;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Keeps connections in memory, with pages of {@value #PAGE} ids. */
public final class FakeConnections implements Connections {

    private static final int PAGE = 3;
    private static final Duration NOTED = Duration.ofDays(1);
    private static final Duration LIFETIME = Duration.ofHours(3);

    private final ConcurrentMap<String, Connection> rows = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Long> connected = new ConcurrentHashMap<>();
    private final AtomicInteger swaps = new AtomicInteger();
    private final Revocations revocations = new FakeRevocations(this);
    private final InstantSource clock;
    private volatile boolean failing;

    public FakeConnections(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void open(Connection connection) {
        rows.put(connection.id(), connection);
    }

    @Override
    public Optional<Connection> find(String id) {
        return Optional.ofNullable(rows.get(id)).filter(this::isAlive);
    }

    @Override
    public Map<String, Connection> findAll(Collection<String> ids) {
        return ids.stream()
                .distinct()
                .flatMap(id -> find(id).stream())
                .collect(Collectors.toMap(Connection::id, Function.identity()));
    }

    @Override
    public boolean establish(Connection connection) {
        return replace(connection.id(), row -> !row.established(), row -> connection);
    }

    @Override
    public Optional<Connection> settle(String id, long before, long later) {
        replace(
                id,
                row -> true,
                row -> with(row, row.nextExpiry() == before ? later : row.nextExpiry(), 0, row.subscriptions()));
        return find(id);
    }

    @Override
    public boolean refresh(String id, long expireAt, Optional<RawJson> info, Optional<TokenStamp> token) {
        return replace(
                id,
                row -> true,
                row -> new Connection(
                        row.id(),
                        row.established(),
                        row.client(),
                        row.user(),
                        info.orElse(row.info()),
                        row.meta(),
                        row.session(),
                        row.connectedAt(),
                        expireAt,
                        row.nextExpiry(),
                        row.settleBy(),
                        row.subscriptions(),
                        token.orElse(row.token())));
    }

    @Override
    public Set<String> swapAll(String id, List<Change> changes, Set<String> forget, EntryLimit limit) {
        swaps.incrementAndGet();
        if (failing) {
            throw new IllegalStateException("The rows cannot be changed");
        }
        boolean swapped = replace(
                id,
                row -> changes.stream()
                                .allMatch(change ->
                                        row.subscription(change.channel()).equals(change.before()))
                        && forget.stream().allMatch(name -> isLeft(row, name))
                        && isWithin(limit, row, changes),
                row -> {
                    Map<String, Entry> subscriptions = new HashMap<>(row.subscriptions());
                    subscriptions.keySet().removeAll(forget);
                    changes.forEach(change -> subscriptions.put(change.channel(), change.after()));
                    return with(row, row.nextExpiry(), row.settleBy(), subscriptions);
                });
        return swapped ? changes.stream().map(Change::channel).collect(Collectors.toSet()) : Set.of();
    }

    @Override
    public void expireBy(String id, long moment) {
        replace(
                id,
                row -> row.nextExpiry() == 0 || row.nextExpiry() > moment,
                row -> with(row, moment, row.settleBy(), row.subscriptions()));
    }

    @Override
    public void postpone(String id, long before, long later) {
        replace(id, row -> row.nextExpiry() == before, row -> with(row, later, row.settleBy(), row.subscriptions()));
    }

    @Override
    public Optional<Connection> close(String id) {
        return Optional.ofNullable(rows.remove(id));
    }

    @Override
    public List<Connection> ofUser(String user) {
        return rows.values().stream()
                .filter(row -> isAlive(row) && row.established())
                .filter(row -> !user.isEmpty() && row.user().equals(user))
                .toList();
    }

    @Override
    public void inSlot(int slot, Consumer<List<String>> page) {
        pages(row -> Math.floorMod(row.id().hashCode(), SLOTS) == slot, page);
    }

    @Override
    public void expiring(long before, Consumer<List<String>> page) {
        pages(row -> row.nextExpiry() > 0 && row.nextExpiry() < before, page);
    }

    @Override
    public void all(Consumer<Connection> visitor) {
        rows.values().stream().filter(this::isAlive).forEach(visitor);
    }

    @Override
    public void noteConnected(String user) {
        connected.put(user, clock.millis());
    }

    @Override
    public long lastConnected(String user) {
        long at = connected.getOrDefault(user, 0L);
        return at + NOTED.toMillis() > clock.millis() ? at : 0;
    }

    @Override
    public Revocations revocations() {
        return revocations;
    }

    /** Lets every replacement of entries fail from now on, or no more. */
    public void failSwaps(boolean shallFail) {
        failing = shallFail;
    }

    /** Counts how often somebody replaced entries, or tried to. */
    public int swaps() {
        return swaps.get();
    }

    /** The ids of all rows. */
    public Set<String> ids() {
        return Set.copyOf(rows.keySet());
    }

    private boolean replace(String id, Predicate<Connection> condition, UnaryOperator<Connection> change) {
        AtomicBoolean changed = new AtomicBoolean();
        rows.computeIfPresent(id, (key, row) -> {
            if (!isAlive(row) || !condition.test(row)) {
                return row;
            }
            changed.set(true);
            return change.apply(row);
        });
        return changed.get();
    }

    private void pages(Predicate<Connection> filter, Consumer<List<String>> page) {
        List<String> ids =
                rows.values().stream().filter(filter).map(Connection::id).toList();
        for (int from = 0; from < ids.size(); from += PAGE) {
            page.accept(ids.subList(from, Math.min(from + PAGE, ids.size())));
        }
    }

    InstantSource clock() {
        return clock;
    }

    private boolean isAlive(Connection row) {
        return row.connectedAt() + LIFETIME.toMillis() > clock.millis();
    }

    private static boolean isWithin(EntryLimit limit, Connection row, List<Change> changes) {
        long added =
                changes.stream().filter(change -> change.before().isEmpty()).count();
        return row.subscriptions().keySet().containsAll(limit.spared())
                && limit.spared().stream().allMatch(name -> isLeft(row, name))
                && row.subscriptions().size() + added - limit.spared().size() <= limit.most();
    }

    private static boolean isLeft(Connection row, String channel) {
        return row.subscription(channel)
                .map(entry -> entry.state() == Entry.State.LEFT)
                .orElse(true);
    }

    private static Connection with(Connection row, long nextExpiry, long settleBy, Map<String, Entry> subscriptions) {
        return new Connection(
                row.id(),
                row.established(),
                row.client(),
                row.user(),
                row.info(),
                row.meta(),
                row.session(),
                row.connectedAt(),
                row.expireAt(),
                nextExpiry,
                settleBy,
                Map.copyOf(subscriptions),
                row.token());
    }
}
