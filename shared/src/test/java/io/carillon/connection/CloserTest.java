package io.carillon.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.delivery.Mailboxes;
import io.carillon.events.Mail;
import io.carillon.fakes.FakeClock;
import io.carillon.fakes.FakeConnections;
import io.carillon.fakes.FakeMailboxes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CloserTest {

    private static final String ID = "connection=";
    private static final Entry ACTIVE = new Entry(10, 2, 3, Entry.State.ACTIVE, Entry.Source.CLIENT, false, 0);

    private final FakeClock clock = new FakeClock();
    private final FakeConnections connections = new FakeConnections(clock);
    private final FakeMailboxes mailboxes = new FakeMailboxes(clock);

    @BeforeEach
    void openWithThreeSubscriptions() {
        connections.open(Connection.opened(ID, clock.millis()));
        connections.swap(ID, "active", Optional.empty(), ACTIVE, Set.of());
        connections.swap(ID, "away", Optional.empty(), ACTIVE.to(Entry.State.AWAY), Set.of());
        connections.swap(ID, "left", Optional.empty(), ACTIVE.to(Entry.State.LEFT), Set.of());
    }

    @Test
    void shouldAskTheMailboxesOfLiveSubscriptionsToDropTheSubscriber() {
        // When
        boolean forgotten = new Closer(connections, mailboxes).forget(ID);
        boolean again = new Closer(connections, mailboxes).forget(ID);

        // Then
        assertThat(List.of(forgotten, again)).containsExactly(true, false);
        assertThat(mailboxes.sent()).containsExactlyInAnyOrder(farewell("active", 3), farewell("away", 3));
        assertThat(connections.find(ID)).isEmpty();
    }

    @Test
    void shouldKeepTheRowForTheNextTryWhenTheMailboxesFail() {
        // Given
        Mailboxes down = letters -> {
            throw new IllegalStateException("down");
        };

        // When / Then
        assertThatThrownBy(() -> new Closer(connections, down).forget(ID)).hasMessage("down");
        assertThat(connections.find(ID)).isPresent();
        assertThat(new Closer(connections, mailboxes).forget(ID)).isTrue();
        assertThat(mailboxes.sent()).hasSize(2);
    }

    @Test
    void shouldNotOverlookWhatSubscribesInBetween() {
        // Given
        List<Mail> sent = new ArrayList<>();
        Entry back = ACTIVE.to(Entry.State.LEFT).to(Entry.State.ACTIVE);
        Mailboxes slow = letters -> {
            if (sent.isEmpty()) {
                connections.swap(ID, "active", Optional.of(ACTIVE), back, Set.of());
                connections.swap(ID, "new", Optional.empty(), ACTIVE, Set.of());
            }
            mailboxes.send(letters);
            letters.forEach(letter -> sent.add(letter.mail()));
        };

        // When
        new Closer(connections, slow).forget(ID);

        // Then
        assertThat(mailboxes.sent())
                .containsExactlyInAnyOrder(
                        farewell("active", 3), farewell("away", 3), farewell("active", 3), farewell("new", 3));
    }

    private static Mail farewell(String channel, int shard) {
        return new Mail.Unsubscribe(channel, shard, ID, Closer.CLOSED, 0, "");
    }
}
