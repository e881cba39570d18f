package io.carillon.local.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds what is written about the price of long-poll against what is counted. */
class LongPollCostTest {

    private static final double MILLION = 1e6;

    /** What the time of the function may add to what is counted: it takes a millisecond or two. */
    private static final double TIME = 1.1;

    private final PriceList prices = PriceList.standard();

    @Test
    void shouldCostWhatIsWrittenOfIt() throws InterruptedException, IOException {
        // Given
        CostRun.Setting setting = new CostRun.Setting(prices, Deployment.standard(), Optional.empty());

        // When
        LongPollCost cost = LongPollCost.measure(10, setting);

        // Then: a request, an invocation and a read; the time of the function is this machine's, and left out
        assertThat(units(cost.empty(), Billed.HTTP_REQUESTS)).isCloseTo(MILLION, within(1.0));
        assertThat(units(cost.empty(), Billed.LAMBDA_REQUESTS)).isCloseTo(MILLION, within(1.0));
        assertThat(units(cost.empty(), Billed.DYNAMODB_READ_UNITS)).isCloseTo(MILLION, within(1.0));
        double counted = cost.empty().lines().stream()
                .filter(line -> line.item() != Billed.LAMBDA_GB_SECONDS_ARM64 && line.item() != Billed.LOG_GIGABYTES)
                .mapToDouble(Bill.Line::dollars)
                .sum();
        String adr = read("docs/adr/0045-long-poll-that-holds-nothing.md");
        String guide = read("docs/guides/long-poll.md");
        double poll = written(adr, "a poll, \\$ ([\\d.]+) per million");
        assertThat(poll).isBetween(counted, counted * TIME);
        assertThat(written(read("docs/cost.md"), "nothing costs \\$ ([\\d.]+) per"))
                .isEqualTo(poll);
        assertThat(written(guide, "asking each 5 s \\| \\$ ([\\d.]+)")).isCloseTo(hour(poll, 5), within(0.00005));
        assertThat(written(guide, "asking each 0\\.5 s \\| \\$ ([\\d.]+)")).isCloseTo(hour(poll, 0.5), within(0.00005));
        assertThat(written(adr, "5 s while none do \\| \\$ ([\\d.]+)")).isCloseTo(hour(poll, 5), within(0.00005));
        assertThat(written(adr, "5 s while none do \\| \\$ [\\d.]+ \\| \\$ ([\\d.]+)"))
                .isCloseTo(hour(poll, 0.5), within(0.00005));
    }

    /** A request that is held costs the duration of a function of 512 MB, and reads four times a second. */
    @Test
    void shouldPriceTheDesignThatHoldsRequestsByTheSameList() throws IOException {
        // When
        double held = 3_600 * 0.5 * prices.of(Billed.LAMBDA_GB_SECONDS_ARM64).of(1);
        double reads = 3_600 * 4 * prices.of(Billed.DYNAMODB_READ_UNITS).of(1);
        double requests = 3_600
                / 20.0
                * (prices.of(Billed.HTTP_REQUESTS).of(1)
                        + prices.of(Billed.LAMBDA_REQUESTS).of(1));

        // Then
        String adr = read("docs/adr/0045-long-poll-that-holds-nothing.md");
        assertThat(written(adr, "each 250 ms \\| \\$ ([\\d.]+)")).isCloseTo(held + reads + requests, within(0.0005));
    }

    private static double units(Bill bill, Billed item) {
        return bill.lines().stream()
                .filter(line -> line.item() == item)
                .mapToDouble(Bill.Line::units)
                .sum();
    }

    private static double hour(double million, double seconds) {
        return million / MILLION * 3_600 / seconds;
    }

    private static String read(String file) throws IOException {
        return Files.readString(Path.of("..", file)).replaceAll("\\s+", " ");
    }

    private static double written(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return Double.parseDouble(matcher.group(1));
    }
}
