package io.carillon.local.load;

import static io.carillon.local.load.Breaches.assertBreaches;
import static io.carillon.local.load.Breaches.assertOnlyBreach;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.carillon.local.load.Breach.Kind;
import io.carillon.local.load.Seen.Way;
import org.junit.jupiter.api.Test;

/** What is right or wrong under faults, with churn, and in channels without history. */
class CheckerUnderFireTest {

    @Test
    void shouldAllowARepeatOfTheDeliveryThatFailedAndNoOther() {
        // Given
        History history = new History()
                .repeating(3)
                .joined("ann", 0)
                .published(1, 6)
                .pushed("ann", 1, 2, 3, 4, 3, 4, 5, 6)
                .joined("bob", 0)
                .pushed("bob", 1, 2, 3, 4, 1, 5, 6);

        // When
        Verdict verdict = history.check();

        // Then
        assertOnlyBreach(verdict, Kind.UNBOUNDED_REPEAT, 1, "bob");
        assertThat(verdict.repeats()).isEqualTo(2);
    }

    @Test
    void shouldAllowARecoveryToBeRepeatedWithItsDelivery() {
        // Given: what had no room in the reply is pushed, and pushed again
        History history = new History()
                .repeating(3)
                .joined("ann", 0)
                .published(1, 6)
                .returned("ann", 0)
                .replied("ann", 1, 2)
                .pushed("ann", 3, 4, 5, 6, 3, 4, 5, 6);

        // Then
        assertThat(history.check().breaches()).isEmpty();
    }

    @Test
    void shouldNameARepeatWithOtherDataEvenWhereRepeatsAreAllowed() {
        // Given
        History history =
                new History().repeating(3).joined("ann", 0).published(1, 2).pushed("ann", 1, 2);
        history.event("ann", new Seen.Received(history.now(), History.CHANNEL, 2, 77, Way.PUSH));

        // When / Then
        assertOnlyBreach(history.check(), Kind.CORRUPTED, 2, "ann");
    }

    @Test
    void shouldNameACallThatWasPublishedTwice() {
        // Given a call whose publication stands at offset 1, and at offset 2 once more
        History history = new History().joined("ann", 0).published(1, 1).pushed("ann", 1);
        history.event("ann", new Seen.Received(history.now(), History.CHANNEL, 2, History.digest(1), Way.PUSH));

        // When / Then
        assertOnlyBreach(history.check(), Kind.TWICE, 2, "ann");
    }

    @Test
    void shouldNameWhatTheHistoryDidNotHoldWhenPublishReturned() {
        // Given
        History history = new History()
                .published(1, 2)
                .readBack(1, ReadBack.Found.THE_PUBLICATION)
                .readBack(2, ReadBack.Found.NOTHING);

        // When / Then
        assertOnlyBreach(history.check(), Kind.NOT_IN_HISTORY, 2, "");
    }

    @Test
    void shouldJudgeWhatIsReadBackFromAnAgedHistoryOnlyByWhatIsThere() {
        // Given
        History history = new History()
                .aged()
                .published(1, 2)
                .readBack(1, ReadBack.Found.OTHER_DATA)
                .readBack(2, ReadBack.Found.NOTHING);

        // When / Then
        assertOnlyBreach(history.check(), Kind.NOT_IN_HISTORY, 1, "");
    }

    @Test
    void shouldNotTakeWhatComesAfterLeavingForAStray() {
        // Given
        History history =
                new History().joined("ann", 0).published(1, 3).pushed("ann", 1).left("ann");
        history.event("ann", new Seen.Received(history.now(), History.CHANNEL, 2, History.digest(2), Way.STRAY));
        history.subscribed("ann", 1, true, true).replied("ann", 2, 3);

        // When / Then
        assertBreaches(history.check()).isEmpty();
    }

    @Test
    void shouldOweAClientThatAsksForNothingOnlyWhatComesAfterItsReturn() {
        // Given one that gets everything after its return at 3, and one that does not
        History history = new History()
                .joined("ann", 0)
                .joined("bob", 0)
                .published(1, 3)
                .lost("ann")
                .connected("ann")
                .subscribed("ann", 3, false, false)
                .lost("bob")
                .connected("bob")
                .subscribed("bob", 3, false, false)
                .published(4, 5)
                .pushed("ann", 4, 5)
                .pushed("bob", 5);

        // When / Then
        assertOnlyBreach(history.check(), Kind.LOST, 4, "bob");
    }

    @Test
    void shouldCompareSamplesOfPresenceWithWhoWasThereForSure() {
        // Given ann who stays, and bob who leaves
        History history = new History()
                .joined("ann", 0)
                .joined("bob", 0)
                .sampled("id-ann", "id-bob")
                .later(3)
                .left("bob")
                .sampled("id-ann", "id-bob")
                .later(6)
                .sampled("id-ann", "id-bob")
                .sampled("id-bob", "id-ann", "id-who-knows")
                .later(3)
                .subscribed("bob", 0, true, true);

        // When / Then
        assertBreaches(history.check())
                .extracting(Breach::kind, Breach::client, Breach::detail)
                .containsExactly(
                        tuple(Kind.PRESENCE, "bob", "client id id-bob is still there"),
                        tuple(Kind.PRESENCE, "bob", "client id id-bob is still there"));
    }

    @Test
    void shouldLetPresenceBeAsLateAsTheRepeatOfAFailedDeliveryWithFaults() {
        // Given ann, whose leaving waits behind a delivery that was killed
        History late = new History()
                .withFaults()
                .joined("ann", 0)
                .left("ann")
                .later(40)
                .sampled("id-ann");
        History tooLate = new History()
                .withFaults()
                .joined("ann", 0)
                .left("ann")
                .later(80)
                .sampled("id-ann")
                .later(3);

        // When / Then
        assertBreaches(late.subscribed("ann", 0, true, true).check()).isEmpty();
        assertBreaches(tooLate.subscribed("ann", 0, true, true).check())
                .extracting(Breach::kind, Breach::detail)
                .containsExactly(tuple(Kind.PRESENCE, "client id id-ann is still there"));
    }

    @Test
    void shouldNameWhoIsMissingInASampleOfPresence() {
        // Given
        History history = new History().joined("ann", 0).sampled().later(3);

        // When / Then
        assertOnlyBreach(history.check(), Kind.PRESENCE, 0, "ann");
    }

    @Test
    void shouldOweNothingWithoutHistoryButRightDataOnceAndToSubscribers() {
        // Given
        History history = new History().loose().joined("ann", 0).published(1, 3).pushed("ann", 3, 1);

        // When / Then
        assertBreaches(history.check()).isEmpty();
        history.event("ann", new Seen.Received(1, History.CHANNEL, 0, 77, Way.PUSH));
        history.pushed("ann", 1);
        history.event("ann", new Seen.Received(3, History.CHANNEL, 0, History.digest(2), Way.STRAY));
        assertBreaches(history.check())
                .extracting(Breach::kind)
                .containsExactlyInAnyOrder(Kind.UNKNOWN, Kind.REPEATED, Kind.STRAY);
    }

    @Test
    void shouldOweNothingToTheDeadButOrderBefore() {
        // Given
        History history = new History()
                .joined("ann", 0)
                .joined("bob", 0)
                .published(1, 3)
                .pushed("ann", 1, 3, 2)
                .pushed("bob", 1, 2, 3)
                .struck("ann", Condition.DEAD)
                .lost("ann")
                .published(4, 4)
                .pushed("bob", 4);

        // When / Then
        assertOnlyBreach(history.check(), Kind.OUT_OF_ORDER, 2, "ann");
    }

    @Test
    void shouldOweTheSlowAllTheyMissed() {
        // Given
        History history = new History()
                .joined("ann", 0)
                .struck("ann", Condition.SLOW)
                .published(1, 3)
                .pushed("ann", 1, 2);

        // When / Then
        assertOnlyBreach(history.check(), Kind.LOST, 3, "ann");
    }

    @Test
    void shouldNotExpectWhatTheServerRefused() {
        // Given a refused call whose publication comes all the same
        History history = new History()
                .joined("ann", 0)
                .published(1, 1)
                .pushed("ann", 1)
                .refused(2)
                .pushed("ann", 2);

        // When / Then
        assertOnlyBreach(history.check(), Kind.UNKNOWN, 2, "ann");
    }
}
