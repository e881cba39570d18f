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

    private static final double HOUR = 3_600;

    /** One each half second. */
    private static final double MESSAGES = 2 * HOUR;

    private static final String ADR = "docs/adr/0045-long-poll-that-holds-nothing.md";
    private static final String COST = "docs/cost.md";
    private static final String GUIDE = "docs/guides/long-poll.md";
    private static final String FIRST = " \\| \\$ ([\\d.]+)";
    private static final String SECOND = " \\| \\$ [\\d.]+" + FIRST;

    private final PriceList prices = PriceList.standard();

    @Test
    void shouldCostWhatIsWrittenOfIt() throws InterruptedException, IOException {
        // Given
        CostRun.Setting setting = new CostRun.Setting(prices, Deployment.standard(), Optional.empty());

        // When
        LongPollCost cost = LongPollCost.measure(10, setting);

        // Then: a request, an invocation and a read; the time of the function is this machine's, and left out
        assertThat(cost.empty().units(Billed.HTTP_REQUESTS)).isCloseTo(MILLION, within(1.0));
        assertThat(cost.empty().units(Billed.LAMBDA_REQUESTS)).isCloseTo(MILLION, within(1.0));
        assertThat(cost.empty().units(Billed.DYNAMODB_READ_UNITS)).isCloseTo(MILLION, within(1.0));
        double counted = cost.empty().lines().stream()
                .filter(line -> line.item() != Billed.LAMBDA_GB_SECONDS_ARM64 && line.item() != Billed.LOG_GIGABYTES)
                .mapToDouble(Bill.Line::dollars)
                .sum();
        double poll = written(read(ADR), "a poll is \\$ ([\\d.]+) per million");
        assertThat(poll).isBetween(counted, counted * TIME);
        assertThat(written(read(COST), "nothing costs \\$ ([\\d.]+) per")).isEqualTo(poll);
    }

    /** What is written was metered; it must be near to what the parts of it cost. */
    @Test
    void shouldWriteOfAClientThatAsksWhatItsRequestsCost() throws IOException {
        // When
        double poll = written(read(ADR), "a poll is \\$ ([\\d.]+) per million") / MILLION;
        double idle = HOUR / 5 * poll + notes();
        double active = MESSAGES * (poll + price(Billed.DYNAMODB_WRITE_UNITS));

        // Then
        assertThat(written(read(ADR), "5 s while none do" + FIRST)).isCloseTo(idle, within(0.05 * idle));
        assertThat(written(read(ADR), "5 s while none do" + SECOND)).isCloseTo(active, within(0.05 * active));
        assertThat(written(read(ADR), "A / B \\| ([\\d.]+)"))
                .isEqualTo(written(read(COST), "each 5 s \\| \\$ [\\d.]+ \\| \\$ [\\d.]+ \\| ([\\d.]+)"));
        assertThat(written(read(COST), "each 5 s \\| \\$ [\\d.]+" + FIRST))
                .isEqualTo(written(read(ADR), "5 s while none do" + FIRST));
        assertThat(written(read(GUIDE), "asking each 5 s" + FIRST))
                .isEqualTo(written(read(ADR), "5 s while none do" + FIRST));
        assertThat(written(read(GUIDE), "asking as often" + FIRST))
                .isEqualTo(written(read(ADR), "5 s while none do" + SECOND));
    }

    /** A request that is held costs the duration of a function of 512 MB, and reads four times a second. */
    @Test
    void shouldWriteOfADesignThatHoldsRequestsWhatTheyCost() throws IOException {
        // When
        double request = price(Billed.HTTP_REQUESTS) + price(Billed.LAMBDA_REQUESTS);
        double held = HOUR * (0.5 * price(Billed.LAMBDA_GB_SECONDS_ARM64) + 4 * price(Billed.DYNAMODB_READ_UNITS));
        double idle = held + HOUR / 20 * request + notes();
        double active = held + MESSAGES * (request + price(Billed.DYNAMODB_WRITE_UNITS));

        // Then
        assertThat(written(read(ADR), "each 250 ms" + FIRST)).isCloseTo(idle, within(0.05 * idle));
        assertThat(written(read(ADR), "each 250 ms" + SECOND)).isCloseTo(active, within(0.05 * active));
        assertThat(written(read(COST), "each 5 s" + FIRST)).isEqualTo(written(read(ADR), "each 250 ms" + FIRST));
    }

    /** A receive is a request of API Gateway and one of SQS, and so is a delete; the receive may wait for 20 s. */
    @Test
    void shouldPriceTheDesignOnAQueueByTheSameList() throws IOException {
        // When
        double request = price(Billed.HTTP_REQUESTS) + price(Billed.SQS_FIFO_REQUESTS);

        // Then
        assertThat(written(read(ADR), "for each connection" + FIRST)).isCloseTo(HOUR / 20 * request, within(0.00005));
        assertThat(written(read(ADR), "for each connection" + SECOND))
                .isCloseTo(MESSAGES * 2 * request, within(0.00005));
    }

    /** The note of who is still there, twice a minute. */
    private double notes() {
        return HOUR / 30 * price(Billed.DYNAMODB_WRITE_UNITS);
    }

    private double price(Billed item) {
        return prices.of(item).of(1);
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
