package io.carillon.local.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.carillon.local.client.PollClient.Intervals;
import io.carillon.local.cost.HeldPoll.Hold;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LongPollDesignsTest {

    private static final int LOOKS = 11;

    private final PollTrial brief = new PollTrial(
            new Hold(Duration.ofMillis(200), Duration.ofMillis(20)),
            new Intervals(Duration.ofMillis(50), Duration.ofMillis(100)),
            Duration.ofMillis(400),
            3,
            Duration.ofMillis(50));

    @Test
    void shouldCountWhatTheRequestsOfEachDesignUse() throws InterruptedException {
        // Given
        CostRun.Setting setting = new CostRun.Setting(PriceList.standard(), Deployment.standard(), Optional.empty());

        // When
        LongPollDesigns designs = LongPollDesigns.measure(brief, setting);

        // Then: a held request is paid for as long as it was held, and reads at each look
        Bill held = designs.idle(PollDesign.HELD);
        double requests = held.units(Billed.HTTP_REQUESTS);
        double gigabytes = 0.5;
        assertThat(held.units(Billed.DYNAMODB_READ_UNITS)).isCloseTo(LOOKS * requests, within(1e-6 * requests));
        assertThat(held.units(Billed.LAMBDA_GB_SECONDS_ARM64)).isGreaterThanOrEqualTo(0.199 * gigabytes * requests);
        assertThat(held.units(Billed.DYNAMODB_WRITE_UNITS)).isZero();
        // Then: one that is not held reads once
        Bill asked = designs.idle(PollDesign.ASKED);
        assertThat(asked.units(Billed.DYNAMODB_READ_UNITS))
                .isCloseTo(asked.units(Billed.HTTP_REQUESTS), within(1e-6 * asked.units(Billed.HTTP_REQUESTS)));
        assertThat(asked.units(Billed.DYNAMODB_WRITE_UNITS)).isZero();
        // Then: nothing is counted of how messages were brought to the outbox
        for (Bill bill : bills(designs)) {
            double polls = bill.units(Billed.HTTP_REQUESTS);
            assertThat(polls).isPositive();
            assertThat(bill.units(Billed.LAMBDA_REQUESTS)).isCloseTo(polls, within(1e-6 * polls));
            assertThat(bill.units(Billed.SQS_FIFO_REQUESTS)).isZero();
            assertThat(bill.units(Billed.WEBSOCKET_MESSAGES)).isZero();
            assertThat(bill.units(Billed.WEBSOCKET_CONNECTION_MINUTES)).isZero();
        }
        assertThat(designs.text()).contains("A: Lambda holds", "B: the client asks", "A / B");
    }

    private static List<Bill> bills(LongPollDesigns designs) {
        return List.of(
                designs.idle(PollDesign.HELD),
                designs.active(PollDesign.HELD),
                designs.idle(PollDesign.ASKED),
                designs.active(PollDesign.ASKED));
    }
}
