package io.carillon.local.waterfall;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.local.waterfall.Waterfall.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaterfallTest {

    private static final long MILLI = 1_000_000;

    private static Span span(String group, String label, long begin, long end) {
        return new Span(group, label, begin * MILLI, end * MILLI);
    }

    @Test
    void shouldTakeTheMediansSinceTheClientSent() {
        Waterfall waterfall = Waterfall.of(
                List.of(
                        List.of(span("message", "PutItem", 110, 120)),
                        List.of(span("message", "PutItem", 205, 230)),
                        List.of(span("message", "PutItem", 330, 340))),
                List.of(100 * MILLI, 200 * MILLI, 300 * MILLI));

        assertThat(waterfall.rows()).containsExactly(new Row("message", "PutItem", 10, 30, 1));
    }

    @Test
    void shouldPutWhatHappensOftenIntoOneBarAndOrderByBegin() {
        Waterfall waterfall = Waterfall.of(
                List.of(List.of(
                        span("deliver", "GetItem", 9, 12), span("deliver", "GetItem", 7, 10), span("", "first", 0, 5))),
                List.of(0L));

        assertThat(waterfall.rows())
                .containsExactly(new Row("", "first", 0, 5, 1), new Row("deliver", "GetItem", 7, 12, 2));
    }

    @Test
    void shouldLeaveOutWhatIsRare() {
        Waterfall waterfall = Waterfall.of(
                List.of(
                        List.of(span("", "often", 0, 1), span("", "rare", 0, 1)),
                        List.of(span("", "often", 0, 1)),
                        List.of(span("", "often", 0, 1))),
                List.of(0L, 0L, 0L));

        assertThat(waterfall.rows()).extracting(Row::label).containsExactly("often");
    }

    @Test
    void shouldDrawBarsInALineOfFixedWidth() {
        assertThat(WaterfallText.bar(0, 1)).isEqualTo("█".repeat(56));
        assertThat(WaterfallText.bar(0.5, 0.75)).isEqualTo(" ".repeat(28) + "█".repeat(14) + " ".repeat(14));
        assertThat(WaterfallText.bar(0.5, 0.5)).isEqualTo(" ".repeat(28) + "·" + " ".repeat(27));
        assertThat(WaterfallText.bar(1, 1)).isEqualTo(" ".repeat(55) + "█");
    }
}
