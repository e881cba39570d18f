package io.carillon.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.events.RawJson;
import io.carillon.fakes.Crowd;
import io.carillon.fakes.FakeClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of connections does. Tests share the store and keep apart by their connection ids. */
public abstract class ConnectionsContract {

    private static final String CHANNEL = "chat:room#1@x, y";
    private static final Entry ACTIVE = new Entry(1, 7, 2, Entry.State.ACTIVE, Entry.Source.SERVER, true, 900);
    private static final Entry LEFT = ACTIVE.to(Entry.State.LEFT);

    private final FakeClock clock = new FakeClock();
    private final String id = UUID.randomUUID() + "=";
    private final String user = "user-" + UUID.randomUUID();
    private Connections connections;

    /** Makes the store under test. */
    protected abstract Connections connections(InstantSource clock);

    @BeforeEach
    void setUp() {
        connections = connections(clock);
    }

    @Test
    void shouldFindWhatWasOpened() {
        // When
        Connection opened = open(id);

        // Then
        assertThat(connections.find(id)).contains(opened);
        assertThat(connections.find("x" + id)).isEmpty();
    }

    @Test
    void shouldRememberForADayWhenAUserLastConnected() {
        // Given
        assertThat(connections.lastConnected(user)).isZero();
        connections.noteConnected(user);
        clock.advance(Duration.ofMinutes(1));

        // When
        connections.noteConnected(user);
        long noted = clock.millis();
        clock.advance(Duration.ofMinutes(1));

        // Then
        assertThat(connections.lastConnected(user)).isEqualTo(noted);
        assertThat(connections.lastConnected(user + "x")).isZero();
        clock.advance(Duration.ofDays(1));
        assertThat(connections.lastConnected(user)).isZero();
    }

    @Test
    void shouldFindThoseOfSeveralThatAreThere() {
        // Given
        Connection opened = open(id);
        Connection other = open("other" + id);
        open("gone" + id);
        connections.close("gone" + id);

        // When
        Map<String, Connection> found = connections.findAll(List.of(id, "gone" + id, "other" + id, id, "never" + id));

        // Then
        assertThat(found).isEqualTo(Map.of(id, opened, "other" + id, other));
        assertThat(connections.findAll(List.of())).isEmpty();
    }

    @Test
    void shouldEstablishOnlyOnceAndKeepEveryField() {
        // Given
        Connection established = established(open(id), user);

        // When
        boolean first = connections.establish(established);
        boolean second = connections.establish(established);

        // Then
        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(connections.find(id)).contains(established);
    }

    @Test
    void shouldNotEstablishWhatIsGone() {
        // Given
        Connection established = established(open(id), user);
        connections.close(id);

        // When
        boolean done = connections.establish(established);

        // Then
        assertThat(done).isFalse();
        assertThat(connections.find(id)).isEmpty();
    }

    @Test
    void shouldLetOneOfManyEstablish() {
        // Given
        Connection opened = open(id);

        // When
        List<Boolean> done = Crowd.run(20, n -> () -> connections.establish(established(opened, user + n)));

        // Then
        assertThat(done).containsOnlyOnce(true);
        assertThat(connections.find(id)).map(Connection::user).contains(user + done.indexOf(true));
    }

    @Test
    void shouldSettleOnceAndAgainAndKeepAnEarlierExpiry() {
        // Given
        connections.establish(established(open(id), user));

        // When
        Optional<Connection> first = connections.settle(id, 40, 50);
        Optional<Connection> repeated = connections.settle(id, 40, 60);
        connections.expireBy(id, 45);
        Optional<Connection> overtaken = connections.settle(id, 50, 70);
        Optional<Connection> gone = connections.settle("x" + id, 40, 50);

        // Then
        assertThat(List.of(first, repeated, overtaken))
                .allSatisfy(row -> assertThat(row.orElseThrow().settleBy()).isZero())
                .extracting(row -> row.orElseThrow().nextExpiry())
                .containsExactly(50L, 50L, 45L);
        assertThat(first.orElseThrow().subscriptions()).isEqualTo(Map.of("news", ACTIVE));
        assertThat(gone).isEmpty();
        assertThat(connections.find("x" + id)).isEmpty();
    }

    @Test
    void shouldReplaceExpiryAndInfoWhenRefreshed() {
        // Given
        connections.establish(established(open(id), user));

        // When
        boolean keeping = connections.refresh(id, 70, Optional.empty());
        Connection kept = connections.find(id).orElseThrow();
        boolean replacing = connections.refresh(id, 80, Optional.of(RawJson.of("[1.0, 2]")));
        Connection replaced = connections.find(id).orElseThrow();

        // Then
        assertThat(List.of(keeping, replacing)).containsOnly(true);
        assertThat(kept.expireAt()).isEqualTo(70);
        assertThat(kept.info()).isEqualTo(RawJson.of("{\"n\": 1.0}"));
        assertThat(replaced.expireAt()).isEqualTo(80);
        assertThat(replaced.info()).isEqualTo(RawJson.of("[1.0, 2]"));
    }

    @Test
    void shouldNotBringBackTheGone() {
        // Given
        open(id);
        connections.close(id);

        // When
        boolean refreshed = connections.refresh(id, 70, Optional.empty());
        boolean swapped = connections.swap(id, CHANNEL, Optional.empty(), ACTIVE, Set.of());

        // Then
        assertThat(refreshed).isFalse();
        assertThat(swapped).isFalse();
        assertThat(connections.find(id)).isEmpty();
    }

    @Test
    void shouldBringTheNextExpiryForwardOnlyAndPostponeItOnlyIfUnchanged() {
        // Given
        connections.establish(established(open(id), user));

        // When
        connections.expireBy(id, 41);
        connections.postpone(id, 41, 90);
        long untouched = connections.find(id).orElseThrow().nextExpiry();
        connections.expireBy(id, 39);
        long earlier = connections.find(id).orElseThrow().nextExpiry();
        connections.postpone(id, 39, 90);
        connections.expireBy("nobody", 39);

        // Then
        assertThat(List.of(untouched, earlier)).containsExactly(40L, 39L);
        assertThat(connections.find(id)).map(Connection::nextExpiry).contains(90L);
        assertThat(connections.find("nobody")).isEmpty();
    }

    @Test
    void shouldKeepTheNextExpiryWhenEntriesOrTheTokenChange() {
        // Given
        connections.establish(established(open(id), user));

        // When
        connections.swap(id, CHANNEL, Optional.empty(), ACTIVE, Set.of());
        connections.refresh(id, 70, Optional.empty());

        // Then
        assertThat(connections.find(id)).map(Connection::nextExpiry).contains(40L);
    }

    @Test
    void shouldGiveWhatAConnectionHeldToOneOfManyWhoCloseIt() {
        // Given
        connections.establish(established(open(id), user));
        connections.swap(id, CHANNEL, Optional.empty(), ACTIVE, Set.of());
        Connection held = connections.find(id).orElseThrow();

        // When
        List<Optional<Connection>> closed = Crowd.run(20, n -> () -> connections.close(id));

        // Then
        assertThat(closed.stream().flatMap(Optional::stream)).containsExactly(held);
        assertThat(connections.find(id)).isEmpty();
    }

    @Test
    void shouldHideAnOldRowButStillGiveItToTheOneWhoClosesIt() {
        // Given
        Connection established = established(open(id), user);
        connections.establish(established);

        // When
        clock.advance(Duration.ofHours(4));

        // Then
        assertThat(connections.find(id)).isEmpty();
        assertThat(connections.ofUser(user)).isEmpty();
        assertThat(connections.refresh(id, 1, Optional.empty())).isFalse();
        assertThat(connections.swap(id, CHANNEL, Optional.empty(), ACTIVE, Set.of()))
                .isFalse();
        assertThat(connections.close(id)).contains(established);
    }

    @Test
    void shouldListTheEstablishedConnectionsOfAUser() {
        // Given
        for (int i = 0; i < 120; i++) {
            connections.establish(established(open(id + i), user));
        }
        connections.establish(established(open(id), user + "2"));
        connections.close(id + 1);

        // When
        List<Connection> found = connections.ofUser(user);

        // Then
        assertThat(found).hasSize(119).allSatisfy(row -> assertThat(row.user()).isEqualTo(user));
    }

    @Test
    void shouldListNobodyForTheAnonymousUser() {
        // Given
        connections.establish(established(open(id), ""));

        // When
        List<Connection> found = connections.ofUser("");

        // Then
        assertThat(found).isEmpty();
        assertThat(connections.find(id)).map(Connection::user).contains("");
    }

    @Test
    void shouldGiveEachConnectionInExactlyOneSlotWhetherEstablishedOrNot() {
        // Given
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            Connection opened = open(id + i);
            ids.add(opened.id());
            if (i % 2 == 0) {
                connections.establish(established(opened, user));
            }
        }

        // When
        Map<Integer, List<String>> slots = new HashMap<>();
        for (int slot = 0; slot < Connections.SLOTS; slot++) {
            List<String> found = new ArrayList<>();
            connections.inSlot(slot, found::addAll);
            slots.put(slot, found.stream().filter(ids::contains).toList());
        }

        // Then
        assertThat(slots.values().stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(slots.values()).allSatisfy(found -> assertThat(found).isNotEmpty());
    }

    @Test
    void shouldGiveTheConnectionsThatExpireBeforeAMoment() {
        // Given
        open(id + "never");
        open(id + "soon");
        open(id + "then");
        connections.expireBy(id + "soon", 99);
        connections.expireBy(id + "then", 100);

        // When
        List<String> before100 = new ArrayList<>();
        connections.expiring(100, before100::addAll);
        List<String> before101 = new ArrayList<>();
        connections.expiring(101, before101::addAll);

        // Then
        assertThat(before100.stream().filter(found -> found.startsWith(id))).containsExactly(id + "soon");
        assertThat(before101.stream().filter(found -> found.startsWith(id)))
                .containsExactlyInAnyOrder(id + "soon", id + "then");
    }

    @Test
    void shouldVisitEveryConnection() {
        // Given
        Connection opened = open(id);
        Connection established = established(open(id + "2"), user);
        connections.establish(established);

        // When
        List<Connection> visited = new ArrayList<>();
        connections.all(visited::add);

        // Then
        assertThat(visited.stream().filter(row -> row.id().startsWith(id)))
                .containsExactlyInAnyOrder(opened, established);
        assertThat(visited).allMatch(Objects::nonNull);
    }

    private Connection open(String connection) {
        Connection opened = Connection.opened(connection, clock.millis());
        connections.open(opened);
        return opened;
    }

    private static Connection established(Connection opened, String user) {
        return new Connection(
                opened.id(),
                true,
                "client-1",
                user,
                RawJson.of("{\"n\": 1.0}"),
                RawJson.of("\"meta\""),
                "session-1",
                opened.connectedAt(),
                50,
                40,
                30,
                Map.of("news", ACTIVE));
    }
}
