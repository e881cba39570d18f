package io.carillon.local.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kill function=deliver at=before-save every=50",
                "kill function=message at=after-append probability=0.01",
                "timeout function=api every=100",
                "duplicate-batch probability=0.05",
                "overlap every=20",
                "delay-frames max=200ms",
                "drop-disconnect probability=0.5",
                "delay-disconnect by=30s",
                "gone probability=0.01 connection=abc=",
                "callback-error status=503 probability=0.02",
                "stop-reading connections=3 for=10s",
                "stop-reading connections=3 for=10s agent=phone",
                "gone agent=phone",
                "throttle service=dynamodb probability=0.01 count=3 from=2s for=1m",
                "fail service=sqs function=poller every=9",
                "lose-answer service=sqs",
                "cold-start delay=2s probability=1",
                "cut-all every=30s",
                "cut probability=.1 every=1s",
                "clock jump=2h at=10s"
            })
    void shouldReadEveryFault(String text) {
        assertThat(Fault.parse(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            explode                         | There is no fault 'explode': use one of kill, timeout
            kill at=never                   | kill at= must be one of start, before-append, after-append
            kill                            | kill needs at=, one of start
            overlap often=1                 | overlap has no key 'often': use every, probability, count
            gone probability=2              | gone probability= must be a number over 0, at most 1, not '2'
            gone probability=0              | gone probability= must be a number over 0, at most 1, not '0'
            gone every=0                    | gone every= must be a whole number from 1, not '0'
            gone every=1 every=2            | gone names every= twice
            gone every=1 probability=0.1    | gone takes every= or probability=, not both
            cut-all every=30                | cut-all every= must be a duration such as 200ms
            callback-error status=404       | callback-error status= must be one of 429, 500, 503, not '404'
            """)
    void shouldSayWhatIsAllowedWhenAFaultCannotBeRead(String text, String reason) {
        assertThatThrownBy(() -> Fault.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    private static List<Boolean> decisions(String text, long seed) {
        ActiveFault fault = new ActiveFault(Fault.parse(text), seed, 0);
        return IntStream.range(0, 200).mapToObj(each -> fault.strikes()).toList();
    }

    @Test
    void shouldDecideTheSameWhenTheSeedIsTheSame() {
        // When
        List<Boolean> first = decisions("gone probability=0.5", 7);

        // Then
        assertThat(decisions("gone probability=0.5", 7)).isEqualTo(first);
        assertThat(decisions("gone probability=0.5", 8)).isNotEqualTo(first);
        assertThat(first.stream().filter(one -> one).count()).isBetween(60L, 140L);
    }

    @Test
    void shouldStrikeEveryNthOccasionUntilTheCountIsReached() {
        assertThat(decisions("gone every=3 count=2", 1).subList(0, 12))
                .containsExactly(false, false, true, false, false, true, false, false, false, false, false, false);
    }

    @Test
    void shouldNotStrikeBeforeItsTime() {
        assertThat(decisions("gone from=1h", 1)).doesNotContain(true);
    }
}
