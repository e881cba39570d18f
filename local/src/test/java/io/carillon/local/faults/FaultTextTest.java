package io.carillon.local.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "explode | There is no fault 'explode'; there are kill, timeout",
                "kill when=now | The fault kill has no setting 'when'; it has function, at, probability",
                "kill at=lunch | at=lunch makes no sense: it must be one of before-append, after-append",
                "kill function=x | function=x makes no sense: it must be one of any, connect",
                "gone probability=2 | probability=2 makes no sense: it must be a number from 0 to 1",
                "gone probability=NaN | probability=NaN makes no sense",
                "gone every=0 | every=0 makes no sense: it must be a whole number from 1 on",
                "gone every=1.5 | every=1.5 makes no sense",
                "cut every=often | every=often makes no sense: it must be a time such as 200ms, 30s or 2h",
                "cut-all every=-3s | every=-3s makes no sense",
                "callback-error status=418 | status=418 makes no sense: it must be one of 403, 429, 500",
                "fail service=s3 | service=s3 makes no sense: it must be one of any, dynamodb, sqs",
                "gone nonsense | 'nonsense' is no setting: write name=value",
                "gone every=2 every=3 | sets every twice"
            })
    void shouldSayWhatIsAllowedWhenAFaultMakesNoSense(String text, String problem) {
        assertThatThrownBy(() -> Faults.of(List.of(text), 1))
                .isInstanceOf(BadFault.class)
                .hasMessageContaining(problem);
    }

    @Test
    void shouldLeaveTheOldFaultsOnWhenANewOneIsRefused() {
        // Given
        Faults faults = Faults.of(List.of("gone every=2"), 1);

        // When
        assertThatThrownBy(() -> faults.replace(List.of("overlap", "explode"), 2))
                .isInstanceOf(BadFault.class);

        // Then
        assertThat(faults.list()).containsExactly(new Faults.Status("gone every=2", 0));
    }

    @Test
    void shouldStrikeAtTheSameChancesWhenTheSeedIsTheSame() {
        assertThat(strikes("gone probability=0.3", 7)).isEqualTo(strikes("gone probability=0.3", 7));
        assertThat(strikes("gone probability=0.3", 7)).isNotEqualTo(strikes("gone probability=0.3", 8));
        assertThat(strikes("gone probability=0.3", 7)).contains(true).contains(false);
    }

    @Test
    void shouldStrikeEachSoManyTimesAndNotMoreOftenThanItMay() {
        assertThat(strikes("gone every=2 count=2", 1).subList(0, 7))
                .containsExactly(false, true, false, true, false, false, false);
    }

    @Test
    void shouldStrikeOnlyWhileItIsOn() {
        // Given
        Fault fault = new Fault(FaultText.parse("gone from=10s for=5s"), 1, 0);

        // Then
        assertThat(fault.strikes(Duration.ofSeconds(9).toNanos())).isFalse();
        assertThat(fault.strikes(Duration.ofSeconds(10).toNanos())).isTrue();
        assertThat(fault.strikes(Duration.ofSeconds(15).toNanos())).isFalse();
    }

    @Test
    void shouldChooseTheSameConnectionsForAsLongAsItIsOn() {
        // Given
        Fault fault = new Fault(FaultText.parse("stop-reading share=0.25"), 3, 0);

        // When
        List<Boolean> chosen = IntStream.range(0, 400)
                .mapToObj(i -> fault.isFor(new ConnectionLot("connection" + i)))
                .toList();

        // Then
        assertThat(chosen.stream().filter(one -> one).count()).isBetween(60L, 140L);
        assertThat(IntStream.range(0, 400).mapToObj(i -> fault.isFor(new ConnectionLot("connection" + i))))
                .containsExactlyElementsOf(chosen);
    }

    private static List<Boolean> strikes(String text, long seed) {
        Fault fault = new Fault(FaultText.parse(text), seed, 0);
        return IntStream.range(0, 50).mapToObj(i -> fault.strikes(1)).toList();
    }
}
