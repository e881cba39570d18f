package io.carillon.local.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BillTest {

    private static final PriceList PRICES = PriceList.standard();

    @Test
    void shouldPriceEachThingByItsUnits() {
        // 3 M messages at 1.00, 400 minutes at 0.25 per million, 2 M invocations at 0.20, 10,000 GB-s at 0.0000133334,
        // 0.5 M writes at 0.625, 4 M reads at 0.125, 3 M requests at 0.50.
        Usage usage = Usage.of(Map.of(
                Billed.WEBSOCKET_MESSAGES, 3e6,
                Billed.WEBSOCKET_CONNECTION_MINUTES, 400.0,
                Billed.LAMBDA_REQUESTS, 2e6,
                Billed.LAMBDA_GB_SECONDS_ARM64, 10_000.0,
                Billed.DYNAMODB_WRITE_UNITS, 0.5e6,
                Billed.DYNAMODB_READ_UNITS, 4e6,
                Billed.SQS_FIFO_REQUESTS, 3e6));

        Bill bill = Bill.of(usage, PRICES);

        assertThat(bill.total()).isCloseTo(3 + 0.0001 + 0.4 + 0.133334 + 0.3125 + 0.5 + 1.5, within(1e-9));
        assertThat(bill.apiGateway()).isCloseTo(3.0001, within(1e-9));
        assertThat(bill.lines()).extracting(Bill.Line::item).doesNotContain(Billed.HTTP_REQUESTS);
    }

    @Test
    void shouldScaleToAMillionDeliveriesAndCompareWithAppSync() {
        // Given: 10 publications of 200 bytes to 100 subscribers, 20 messages in and out beside the deliveries
        Usage usage = Usage.of(Map.of(
                Billed.WEBSOCKET_MESSAGES,
                1_020.0,
                Billed.WEBSOCKET_CONNECTION_MINUTES,
                5.0,
                Billed.LAMBDA_REQUESTS,
                20.0));

        // When
        CostResult result = CostResult.of(CostScenario.FAN_OUT_100, 10, 200, usage, PRICES);

        // Then: 1.02 M messages, 5,000 minutes, 20,000 invocations; AppSync has 10,000 publishes more than deliveries
        assertThat(result.deliveries()).isEqualTo(1_000);
        assertThat(result.bill().total()).isCloseTo(1.02 + 0.00125 + 0.004, within(1e-9));
        assertThat(result.appSync().total()).isCloseTo(1.01 + 0.0004, within(1e-9));
        assertThat(result.ratio()).isCloseTo(1.02525 / 1.02125, within(1e-9));
        assertThat(result.passed()).isTrue();
    }

    @Test
    void shouldChargeAppSyncForEach5KilobytesOfADelivery() {
        Usage nothing = Usage.of(Map.of());

        CostResult result = CostResult.of(CostScenario.BUSY, 10, 5 * 1024 + 1, nothing, PRICES);

        assertThat(result.appSync().total()).isCloseTo(2.02, within(1e-9));
    }

    @Test
    void shouldMissTheBarWhenTheBillIsOverIt() {
        // 1.06 times 1.02 is 1.0812.
        Usage usage = Usage.of(Map.of(Billed.WEBSOCKET_MESSAGES, 1_020.0, Billed.SQS_FIFO_REQUESTS, 123.0));

        CostResult result = CostResult.of(CostScenario.FAN_OUT_100, 10, 200, usage, PRICES);

        assertThat(result.passed()).isFalse();
    }

    @Test
    void shouldCountWhatWasUsedSinceAnEarlierReading() {
        Usage before = Usage.of(Map.of(Billed.LAMBDA_REQUESTS, 3.0));
        Usage after = Usage.of(Map.of(Billed.LAMBDA_REQUESTS, 5.0, Billed.SNS_PUBLISHES, 1.0));

        Usage used = after.since(before);

        assertThat(used.of(Billed.LAMBDA_REQUESTS)).isEqualTo(2);
        assertThat(used.of(Billed.SNS_PUBLISHES)).isEqualTo(1);
        assertThat(used.of(Billed.LOG_GIGABYTES)).isZero();
    }
}
