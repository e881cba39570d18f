package io.carillon.local.load;

import static io.carillon.local.load.Breaches.assertBreaches;
import static io.carillon.local.load.Breaches.assertOnlyBreach;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.carillon.events.Position;
import io.carillon.local.load.Breach.Kind;
import io.carillon.local.load.Seen.Way;
import org.junit.jupiter.api.Test;

class CheckerTest {

    @Test
    void shouldPassWhenEverybodySawEverythingOnceAndInOrder() {
        // Given a client that was there from the start, and one that came later and was away in between
        History history = new History()
                .joined("ann", 0)
                .published(1, 2)
                .pushed("ann", 1, 2)
                .joined("bob", 2)
                .published(3, 6)
                .pushed("ann", 3, 4, 5, 6)
                .pushed("bob", 3)
                .returned("bob", 3)
                .replied("bob", 4, 5)
                .pushed("bob", 6)
                .present("id-ann", "id-bob");

        // When
        Verdict verdict = history.check();

        // Then
        assertBreaches(verdict).isEmpty();
        assertThat(verdict.passed()).isTrue();
        assertThat(verdict).isEqualTo(new Verdict(2, 10, 10, 2, 1, 0, 0, verdict.breaches()));
    }

    @Test
    void shouldNameALossAtTheMomentItIsPassedOver() {
        // Given
        History history = new History()
                .joined("ann", 0)
                .published(1, 4)
                .pushed("ann", 1, 2)
                .pushed("ann", 4);
        Observed observed = history.observed();
        long passedOver = observed.clients().getFirst().events().getLast().at();

        // When
        Verdict verdict = Checker.check(observed);

        // Then
        assertOnlyBreach(verdict, Kind.LOST, 3, "ann");
        assertThat(verdict.breaches().getFirst().at()).isEqualTo(passedOver);
        assertThat(verdict.expected()).isEqualTo(4);
        assertThat(verdict.received()).isEqualTo(3);
    }

    @Test
    void shouldNameALossAtTheEndOfTheLog() {
        // Given
        History history = new History().joined("ann", 0).published(1, 3).pushed("ann", 1, 2);

        // When / Then
        assertOnlyBreach(history.check(), Kind.LOST, 3, "ann");
    }

    @Test
    void shouldNameARepeat() {
        // Given
        History history = new History().joined("ann", 0).published(1, 3).pushed("ann", 1, 2, 2, 3);

        // When / Then
        assertOnlyBreach(history.check(), Kind.REPEATED, 2, "ann");
    }

    @Test
    void shouldNameARepeatOfWhatCameBeforeADisconnect() {
        // Given
        History history = new History()
                .joined("ann", 0)
                .published(1, 3)
                .pushed("ann", 1, 2)
                .returned("ann", 2)
                .replied("ann", 2, 3);

        // When / Then
        assertOnlyBreach(history.check(), Kind.REPEATED, 2, "ann");
    }

    @Test
    void shouldNameARepeatOfWhatStoodBeforeTheFirstPosition() {
        // Given
        History history =
                new History().published(1, 2).joined("ann", 2).published(3, 3).pushed("ann", 2, 3);

        // When / Then
        assertOnlyBreach(history.check(), Kind.REPEATED, 2, "ann");
    }

    @Test
    void shouldNameASwapOnceAndNotAsALoss() {
        // Given
        History history = new History().joined("ann", 0).published(1, 4).pushed("ann", 1, 3, 2, 4);

        // When
        Verdict verdict = history.check();

        // Then
        assertOnlyBreach(verdict, Kind.OUT_OF_ORDER, 2, "ann");
        assertThat(verdict.received()).isEqualTo(4);
    }

    @Test
    void shouldNameAPartRecoveryWhenTheReplyLeavesSomethingOut() {
        // Given a recovery that begins too late, and one that has a hole
        History history = new History()
                .joined("ann", 0)
                .joined("bob", 0)
                .published(1, 5)
                .returned("ann", 0)
                .replied("ann", 2, 3, 4, 5)
                .returned("bob", 0)
                .replied("bob", 1, 2, 3, 5);

        // When / Then
        assertBreaches(history.check())
                .extracting(Breach::kind, Breach::offset, Breach::client)
                .containsExactly(tuple(Kind.PART_RECOVERY, 1L, "ann"), tuple(Kind.PART_RECOVERY, 4L, "bob"));
    }

    @Test
    void shouldNameAPartRecoveryWhenTheReplyIsEmptyThoughSomethingWasMissed() {
        // Given one that notices by the next push, and one after which nothing comes
        History history = new History()
                .joined("ann", 0)
                .joined("bob", 0)
                .published(1, 2)
                .pushed("bob", 1)
                .returned("ann", 0)
                .returned("bob", 1)
                .published(3, 3)
                .pushed("ann", 3);

        // When / Then: what came after bob's return is an ordinary loss
        assertBreaches(history.check())
                .extracting(Breach::kind, Breach::offset, Breach::client)
                .containsExactlyInAnyOrder(
                        tuple(Kind.PART_RECOVERY, 1L, "ann"),
                        tuple(Kind.PART_RECOVERY, 2L, "ann"),
                        tuple(Kind.PART_RECOVERY, 2L, "bob"),
                        tuple(Kind.LOST, 3L, "bob"));
    }

    @Test
    void shouldNameACorruptedPayload() {
        // Given
        History history = new History().joined("ann", 0).published(1, 2).pushed("ann", 1);
        history.event("ann", new Seen.Received(history.now(), History.CHANNEL, 2, Payloads.digest("other"), Way.PUSH));

        // When / Then
        assertOnlyBreach(history.check(), Kind.CORRUPTED, 2, "ann");
    }

    @Test
    void shouldNameWhatNobodyPublished() {
        // Given
        History history = new History().joined("ann", 0).published(1, 1).pushed("ann", 1, 2);

        // When / Then
        assertOnlyBreach(history.check(), Kind.UNKNOWN, 2, "ann");
    }

    @Test
    void shouldNameWhatCameWhileNotSubscribed() {
        // Given a push that overtook the reply to the subscribe command; the client library drops it
        History history = new History().connected("ann").published(1, 2);
        history.event("ann", new Seen.Received(history.now(), History.CHANNEL, 1, History.digest(1), Way.STRAY))
                .subscribed("ann", 1, false, false)
                .pushed("ann", 2);

        // When / Then
        assertOnlyBreach(history.check(), Kind.STRAY, 1, "ann");
    }

    @Test
    void shouldNameARefusedRecoveryWithinTheWindowAndExpectNothingFromTheHole() {
        // Given
        History history = new History()
                .joined("ann", 0)
                .published(1, 3)
                .pushed("ann", 1)
                .lost("ann")
                .connected("ann")
                .subscribed("ann", 3, true, false)
                .published(4, 4)
                .pushed("ann", 4);

        // When
        Verdict verdict = history.check();

        // Then
        assertOnlyBreach(verdict, Kind.UNRECOVERED, 3, "ann");
        assertThat(verdict.expected()).isEqualTo(2);
    }

    @Test
    void shouldExcuseARefusedRecoveryBeyondTheWindow() {
        // Given
        long top = History.WINDOW + 1;
        History history = new History()
                .joined("ann", 0)
                .published(1, top)
                .lost("ann")
                .connected("ann")
                .subscribed("ann", top, true, false);

        // When
        Verdict verdict = history.check();

        // Then
        assertBreaches(verdict).isEmpty();
        assertThat(verdict.beyondWindow()).isEqualTo(1);
    }

    @Test
    void shouldExpectOfEverybodyWhatAFailedCallTurnsOutToHavePublished() {
        // Given a call without an answer, whose publication reached only one
        History history = new History()
                .joined("ann", 0)
                .joined("bob", 0)
                .unanswered(1)
                .published(2, 2)
                .pushed("ann", 1, 2)
                .pushed("bob", 2);

        // When / Then
        assertOnlyBreach(history.check(), Kind.LOST, 1, "bob");
    }

    @Test
    void shouldExpectNothingOfAFailedCallThatReachedNobody() {
        // Given
        History history =
                new History().joined("ann", 0).unanswered(1).published(1, 1).pushed("ann", 1);

        // When / Then
        assertBreaches(history.check()).isEmpty();
    }

    @Test
    void shouldNameAnOffsetThatWasGivenOutTwice() {
        // Given
        History history = new History()
                .joined("ann", 0)
                .published(1, 1)
                .attempt(History.EPOCH, 1, "another")
                .pushed("ann", 1);

        // When / Then
        assertOnlyBreach(history.check(), Kind.DOUBLE_OFFSET, 1, "");
    }

    @Test
    void shouldNameALogThatBeganAnew() {
        // Given
        History history = new History()
                .joined("ann", 0)
                .published(1, 1)
                .attempt("other", 1, "x")
                .pushed("ann", 1);

        // When / Then
        assertOnlyBreach(history.check(), Kind.NEW_EPOCH, 1, "");
    }

    @Test
    void shouldNameAClientThatDidNotComeBack() {
        // Given
        History history =
                new History().joined("ann", 0).published(1, 1).pushed("ann", 1).lost("ann");

        // When / Then
        assertOnlyBreach(history.check(), Kind.NOT_BACK, 0, "ann");
    }

    @Test
    void shouldNameAClientThatIsNoLongerSubscribed() {
        // Given
        History history = new History().joined("ann", 0).published(1, 1).pushed("ann", 1);
        history.event("ann", new Seen.Unsubscribed(history.now(), History.CHANNEL, 2000));

        // When / Then
        assertOnlyBreach(history.check(), Kind.NOT_BACK, 0, "ann");
    }

    @Test
    void shouldNameWhoIsMissingInPresenceAndWhoIsStillThere() {
        // Given
        History history = new History().joined("ann", 0).joined("bob", 0).present("id-ann", "id-ghost");

        // When / Then
        assertBreaches(history.check())
                .extracting(Breach::kind, Breach::detail)
                .containsExactlyInAnyOrder(
                        tuple(Kind.PRESENCE, "client id id-bob is missing"),
                        tuple(Kind.PRESENCE, "client id id-ghost is still there"));
    }

    @Test
    void shouldNameAPublicationInAChannelThatWasNeverAskedFor() {
        // Given
        History history = new History().joined("ann", 0).published(1, 1).pushed("ann", 1);
        history.event("ann", new Seen.Received(history.now(), "load:two", 1, 0, Way.STRAY));

        // When / Then
        assertBreaches(history.check())
                .extracting(Breach::kind, Breach::channel)
                .containsExactly(tuple(Kind.STRAY, "load:two"));
    }

    @Test
    void shouldNameARecoveryIntoAnotherLog() {
        // Given
        History history = new History()
                .joined("ann", 0)
                .published(1, 1)
                .pushed("ann", 1)
                .lost("ann")
                .connected("ann");
        history.event(
                "ann", new Seen.Subscribed(history.now(), History.CHANNEL, new Position(500, "other"), true, false));

        // When / Then
        assertOnlyBreach(history.check(), Kind.UNRECOVERED, 500, "ann");
    }

    @Test
    void shouldNotJudgeARefusedRecoveryWhenTheClockJumpedBeyondTheHistory() {
        // Given
        History history = new History()
                .joined("ann", 0)
                .published(1, 3)
                .pushed("ann", 1)
                .lost("ann")
                .connected("ann")
                .subscribed("ann", 3, true, false)
                .expiring();

        // When
        Verdict verdict = history.check();

        // Then
        assertBreaches(verdict).isEmpty();
        assertThat(verdict.beyondWindow()).isEqualTo(1);
    }

    @Test
    void shouldStillMissWhatWasLostUnsaidWhenTheClockJumpedBeyondTheHistory() {
        // Given
        History history = new History()
                .joined("ann", 0)
                .published(1, 3)
                .pushed("ann", 1, 3)
                .expiring();

        // When
        Verdict verdict = history.check();

        // Then
        assertOnlyBreach(verdict, Kind.LOST, 2, "ann");
    }
}
