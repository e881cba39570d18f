package io.carillon.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.connection.Connections.Change;
import io.carillon.fakes.Crowd;
import io.carillon.fakes.FakeClock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How every store of connections replaces what a row says of channels. */
public abstract class EntrySwapContract {

    private static final String CHANNEL = "chat:room#1@x, y";
    private static final Entry ACTIVE = new Entry(1, 7, 2, Entry.State.ACTIVE, Entry.Source.SERVER, true, 900);
    private static final Entry LEFT = ACTIVE.to(Entry.State.LEFT);

    private final FakeClock clock = new FakeClock();
    private final String id = UUID.randomUUID() + "=";
    private Connections connections;

    /** Makes the store under test. */
    protected abstract Connections connections(InstantSource clock);

    @BeforeEach
    void setUp() {
        connections = connections(clock);
    }

    @Test
    void shouldSwapAnEntryThatIsStillTheOneThatWasRead() {
        // Given
        open();

        // When
        boolean added = connections.swap(id, CHANNEL, Optional.empty(), ACTIVE, Set.of());
        boolean changed = connections.swap(id, CHANNEL, Optional.of(ACTIVE), LEFT, Set.of());

        // Then
        assertThat(List.of(added, changed)).containsOnly(true);
        assertThat(connections.find(id).orElseThrow())
                .satisfies(row -> assertThat(row.subscriptions()).containsExactly(Map.entry(CHANNEL, LEFT)));
    }

    @Test
    void shouldNotSwapAnEntryThatHasChanged() {
        // Given
        open();
        connections.swap(id, CHANNEL, Optional.empty(), ACTIVE, Set.of());

        // When
        boolean asNew = connections.swap(id, CHANNEL, Optional.empty(), LEFT, Set.of());
        boolean otherRevision = connections.swap(id, CHANNEL, Optional.of(LEFT), ACTIVE, Set.of());
        boolean otherShard = connections.swap(id, CHANNEL, Optional.of(ACTIVE.movedTo(3)), LEFT, Set.of());

        // Then
        assertThat(List.of(asNew, otherRevision, otherShard)).containsOnly(false);
        assertThat(connections.find(id).orElseThrow())
                .satisfies(row -> assertThat(row.subscriptions()).containsExactly(Map.entry(CHANNEL, ACTIVE)));
    }

    @Test
    void shouldSwapManyEntriesAtOnce() {
        // Given
        open();
        List<Change> added = IntStream.range(0, 200)
                .mapToObj(n -> new Change("channel " + n, Optional.empty(), ACTIVE))
                .toList();
        List<Change> left = added.stream()
                .map(change -> new Change(change.channel(), Optional.of(ACTIVE), LEFT))
                .toList();

        // When
        Set<String> first = connections.swapAll(id, added, Set.of());
        Set<String> second = connections.swapAll(id, left, Set.of());

        // Then
        assertThat(first).hasSize(200);
        assertThat(second).isEqualTo(first);
        assertThat(connections.find(id).orElseThrow().subscriptions())
                .containsOnlyKeys(first)
                .allSatisfy((channel, entry) -> assertThat(entry).isEqualTo(LEFT));
    }

    @Test
    void shouldTellWhichOfManyEntriesWereSwappedWhenOneHasChanged() {
        // Given
        open();
        connections.swap(id, "changed", Optional.empty(), ACTIVE, Set.of());
        List<Change> changes = Stream.concat(
                        Stream.of("changed"), IntStream.range(0, 200).mapToObj(n -> "channel " + n))
                .map(channel -> new Change(channel, Optional.empty(), LEFT))
                .toList();

        // When
        Set<String> swapped = connections.swapAll(id, changes, Set.of());

        // Then
        Map<String, Entry> entries = connections.find(id).orElseThrow().subscriptions();
        assertThat(swapped).doesNotContain("changed");
        assertThat(entries.keySet()).containsAll(swapped).hasSize(swapped.size() + 1);
        assertThat(entries).containsEntry("changed", ACTIVE);
    }

    @Test
    void shouldForgetManyWhenItSwapsMany() {
        // Given
        open();
        Set<String> forget = IntStream.range(0, 20).mapToObj(n -> "left " + n).collect(Collectors.toSet());
        forget.forEach(channel -> connections.swap(id, channel, Optional.empty(), LEFT, Set.of()));
        List<Change> added = IntStream.range(0, 127)
                .mapToObj(n -> new Change("channel " + n, Optional.empty(), ACTIVE))
                .toList();

        // When
        Set<String> swapped = connections.swapAll(id, added, forget);

        // Then
        assertThat(swapped).hasSize(127);
        assertThat(connections.find(id).orElseThrow().subscriptions()).containsOnlyKeys(swapped);
    }

    @Test
    void shouldSwapNoneOfManyWhenTheConnectionIsGone() {
        // When
        Set<String> swapped = connections.swapAll(
                id,
                List.of(new Change("a", Optional.empty(), ACTIVE), new Change("b", Optional.empty(), ACTIVE)),
                Set.of());

        // Then
        assertThat(swapped).isEmpty();
        assertThat(connections.find(id)).isEmpty();
    }

    @Test
    void shouldForgetOnlyEntriesThatWereLeft() {
        // Given
        open();
        connections.swap(id, "left", Optional.empty(), LEFT, Set.of());
        connections.swap(id, "active", Optional.empty(), ACTIVE, Set.of());

        // When
        boolean forgettingActive = connections.swap(id, CHANNEL, Optional.empty(), ACTIVE, Set.of("left", "active"));
        Set<String> untouched =
                connections.find(id).orElseThrow().subscriptions().keySet();
        boolean forgettingLeft =
                connections.swap(id, CHANNEL, Optional.empty(), ACTIVE, Set.of("left", "unknown", CHANNEL));

        // Then
        assertThat(forgettingActive).isFalse();
        assertThat(untouched).containsExactlyInAnyOrder("left", "active");
        assertThat(forgettingLeft).isTrue();
        assertThat(connections.find(id).orElseThrow().subscriptions().keySet())
                .containsExactlyInAnyOrder("active", CHANNEL);
    }

    @Test
    void shouldLetOneOfManySwapTheSameEntry() {
        // Given
        open();
        connections.swap(id, CHANNEL, Optional.empty(), ACTIVE, Set.of());

        // When
        List<Boolean> done = Crowd.run(
                20,
                n -> () -> connections.swap(id, CHANNEL, Optional.of(ACTIVE), ACTIVE.to(Entry.State.AWAY), Set.of()));

        // Then
        assertThat(done).containsOnlyOnce(true);
    }

    @Test
    void shouldLetSwapsOfDifferentChannelsAllSucceed() {
        // Given
        open();

        // When
        List<Boolean> done =
                Crowd.run(20, n -> () -> connections.swap(id, "channel" + n, Optional.empty(), ACTIVE, Set.of()));

        // Then
        assertThat(done).containsOnly(true);
        assertThat(connections.find(id).orElseThrow().subscriptions()).hasSize(20);
    }

    @Test
    void shouldSwapNoMoreThanTheLimitWhenManyAddAtOnce() {
        // Given
        open();

        // When
        List<Set<String>> done =
                Crowd.run(40, n -> () -> connections.swapAll(id, List.of(added("channel" + n)), Set.of(), limit(5)));

        // Then
        assertThat(done).filteredOn(swapped -> !swapped.isEmpty()).hasSize(5);
        assertThat(connections.find(id).orElseThrow().subscriptions()).hasSize(5);
    }

    @Test
    void shouldCountAllThatAreAddedAtOnce() {
        // Given
        open();
        List<Change> three = List.of(added("a"), added("b"), added("c"));

        // When
        Set<String> tooMany = connections.swapAll(id, three, Set.of(), limit(2));
        Set<String> all = connections.swapAll(id, three, Set.of(), limit(3));

        // Then
        assertThat(tooMany).isEmpty();
        assertThat(all).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void shouldNotCountWhatIsReplaced() {
        // Given
        open();
        connections.swap(id, "a", Optional.empty(), LEFT, Set.of());
        connections.swap(id, "b", Optional.empty(), ACTIVE, Set.of());

        // When
        Set<String> swapped =
                connections.swapAll(id, List.of(new Change("a", Optional.of(LEFT), ACTIVE)), Set.of(), limit(2));

        // Then
        assertThat(swapped).containsExactly("a");
    }

    @Test
    void shouldNotCountEntriesThatWereLeftAndAreSpared() {
        // Given
        open();
        connections.swap(id, "left 1", Optional.empty(), LEFT, Set.of());
        connections.swap(id, "left 2", Optional.empty(), LEFT, Set.of());

        // When
        Set<String> counted = connections.swapAll(id, List.of(added("a")), Set.of(), limit(1, "left 1"));
        Set<String> spared = connections.swapAll(id, List.of(added("a")), Set.of(), limit(1, "left 1", "left 2"));

        // Then
        assertThat(counted).isEmpty();
        assertThat(spared).containsExactly("a");
    }

    @Test
    void shouldSwapNoneWhenASparedEntryHasComeBackOrIsForgotten() {
        // Given
        open();
        connections.swap(id, "back", Optional.empty(), ACTIVE, Set.of());

        // When
        Set<String> back = connections.swapAll(id, List.of(added("a")), Set.of(), limit(9, "back"));
        Set<String> forgotten = connections.swapAll(id, List.of(added("a")), Set.of(), limit(9, "forgotten"));

        // Then
        assertThat(back).isEmpty();
        assertThat(forgotten).isEmpty();
    }

    @Test
    void shouldForgetAndSpareTheSameEntriesWhenItSwapsMany() {
        // Given
        open();
        Set<String> left = IntStream.range(0, 20).mapToObj(n -> "left " + n).collect(Collectors.toSet());
        left.forEach(channel -> connections.swap(id, channel, Optional.empty(), LEFT, Set.of()));
        List<Change> changes =
                IntStream.range(0, 128).mapToObj(n -> added("channel " + n)).toList();

        // When
        Set<String> swapped = connections.swapAll(id, changes, left, new EntryLimit(128, left));

        // Then
        assertThat(swapped).hasSize(128);
        assertThat(connections.find(id).orElseThrow().subscriptions()).containsOnlyKeys(swapped);
    }

    @Test
    void shouldForgetWhenNothingIsChanged() {
        // Given
        open();
        connections.swap(id, "left", Optional.empty(), LEFT, Set.of());

        // When
        Set<String> swapped = connections.swapAll(id, List.of(), Set.of("left"));

        // Then
        assertThat(swapped).isEmpty();
        assertThat(connections.find(id).orElseThrow().subscriptions()).isEmpty();
    }

    private static Change added(String channel) {
        return new Change(channel, Optional.empty(), ACTIVE);
    }

    private static EntryLimit limit(int most, String... spared) {
        return new EntryLimit(most, Set.of(spared));
    }

    private void open() {
        connections.open(Connection.opened(id, clock.millis()));
    }
}
