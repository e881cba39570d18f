package io.carillon.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.fakes.FakeClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of revocations does. Tests share the store and keep apart by their users and tokens. */
public abstract class RevocationsContract {

    private final FakeClock clock = new FakeClock();
    private final String user = "user-" + UUID.randomUUID();
    private final TokenStamp token = new TokenStamp("token-" + UUID.randomUUID(), 100);
    private Connections connections;
    private Revocations revocations;

    /** Makes the store under test. */
    protected abstract Connections connections(InstantSource clock);

    @BeforeEach
    void setUp() {
        connections = connections(clock);
        revocations = connections.revocations();
    }

    @Test
    void shouldHaveNothingAgainstAnybodyAtFirst() {
        assertThat(revocations.of(user, token)).isEqualTo(Standing.GOOD);
        assertThat(revocations.of("", TokenStamp.NONE)).isEqualTo(Standing.GOOD);
    }

    @Test
    void shouldBlockAUserUntilUnblocked() {
        // When
        revocations.block(user, 0);
        clock.advance(Duration.ofDays(1_000));

        // Then
        assertThat(revocations.of(user, token)).isEqualTo(Standing.BLOCKED);
        assertThat(revocations.of(user + "x", token)).isEqualTo(Standing.GOOD);
        revocations.unblock(user);
        assertThat(revocations.of(user, token)).isEqualTo(Standing.GOOD);
    }

    @Test
    void shouldForgetWhenTheMomentHasCome() {
        // Given
        long soon = clock.millis() / 1000 + 60;
        revocations.block(user, soon);
        revocations.revoke(token.id(), soon);
        revocations.invalidate(user, 200, soon);

        // When
        clock.advance(Duration.ofSeconds(60));

        // Then
        assertThat(revocations.of(user, token)).isEqualTo(Standing.GOOD);
    }

    @Test
    void shouldRevokeOneToken() {
        // When
        revocations.revoke(token.id(), 0);

        // Then
        assertThat(revocations.of(user, token)).isEqualTo(Standing.REVOKED);
        assertThat(revocations.of("", token)).isEqualTo(Standing.REVOKED);
        assertThat(revocations.of(user, new TokenStamp("another", 100))).isEqualTo(Standing.GOOD);
        assertThat(revocations.of(user, TokenStamp.NONE)).isEqualTo(Standing.GOOD);
    }

    @Test
    void shouldInvalidateWhatWasIssuedBeforeAMomentAndWhatDoesNotSay() {
        // When
        revocations.invalidate(user, 100, 0);

        // Then
        assertThat(revocations.of(user, new TokenStamp("", 99))).isEqualTo(Standing.REVOKED);
        assertThat(revocations.of(user, TokenStamp.NONE)).isEqualTo(Standing.REVOKED);
        assertThat(revocations.of(user, new TokenStamp("", 100))).isEqualTo(Standing.GOOD);
        assertThat(revocations.of(user + "x", new TokenStamp("", 99))).isEqualTo(Standing.GOOD);
    }

    @Test
    void shouldNotReviveTokensWhenAnEarlierMomentIsNamedLater() {
        // When
        revocations.invalidate(user, 100, 0);
        revocations.invalidate(user, 50, 0);

        // Then
        assertThat(revocations.of(user, new TokenStamp("", 70))).isEqualTo(Standing.REVOKED);
        revocations.invalidate(user, 200, 0);
        assertThat(revocations.of(user, new TokenStamp("", 150))).isEqualTo(Standing.REVOKED);
    }

    @Test
    void shouldReadTheRowWithTheStanding() {
        // Given
        String id = UUID.randomUUID() + "=";
        Connection opened = Connection.opened(id, clock.millis());
        connections.open(opened);

        // When
        Revocations.Arrival good = revocations.arrive(id, user, token);
        revocations.block(user, 0);
        Revocations.Arrival blocked = revocations.arrive(id, user, token);
        Revocations.Arrival gone = revocations.arrive("x" + id, "", TokenStamp.NONE);

        // Then
        assertThat(good.connection()).contains(opened);
        assertThat(good.standing()).isEqualTo(Standing.GOOD);
        assertThat(blocked.connection()).contains(opened);
        assertThat(blocked.standing()).isEqualTo(Standing.BLOCKED);
        assertThat(gone.connection()).isEmpty();
    }

    @Test
    void shouldTakeUsersOfEveryLengthAndLetter() {
        for (String odd : List.of("a#b", "é🔔", "x".repeat(2_048), "x".repeat(2_047) + "y")) {
            String name = user + odd;
            String cut = name.substring(0, name.length() - 1);
            revocations.block(name, 0);

            assertThat(revocations.of(name, token)).isEqualTo(Standing.BLOCKED);
            assertThat(revocations.of(cut, token)).isEqualTo(Standing.GOOD);
            revocations.unblock(name);
        }
    }

    @Test
    void shouldNotBeTakenForConnections() {
        // Given
        revocations.block(user, 0);
        revocations.revoke(token.id(), 0);
        revocations.invalidate(user, 100, 0);

        // When
        List<String> ids = new ArrayList<>();
        connections.all(connection -> ids.add(connection.id()));
        for (int slot = 0; slot < Connections.SLOTS; slot++) {
            connections.inSlot(slot, ids::addAll);
        }

        // Then
        assertThat(ids).noneMatch(id -> id.contains(user) || id.contains(token.id()));
        assertThat(connections.ofUser(user)).isEmpty();
    }

    @Test
    void shouldKeepWhatTellsTheTokenFromOthers() {
        // Given
        String id = UUID.randomUUID() + "=";
        connections.open(Connection.opened(id, clock.millis()));
        Connection opened = connections.find(id).orElseThrow();
        TokenStamp next = new TokenStamp("next", 200);

        // When
        connections.refresh(id, 70, Optional.empty(), Optional.of(next));
        connections.refresh(id, 80, Optional.empty());

        // Then
        assertThat(opened.token()).isEqualTo(TokenStamp.NONE);
        assertThat(connections.find(id).orElseThrow().token()).isEqualTo(next);
    }
}
