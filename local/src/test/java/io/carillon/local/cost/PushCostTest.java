package io.carillon.local.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.local.cost.CostRun.Setting;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PushCostTest {

    @Test
    void shouldBillEachNotificationAndShareTheCallAmongDevices() throws InterruptedException {
        // When
        PushCost cost = PushCost.measure(3, new Setting(PriceList.standard(), Deployment.standard(), Optional.empty()));

        // Then
        assertThat(cost.alone().total()).isGreaterThan(cost.together().total());
        assertThat(cost.together().total()).isGreaterThan(1.0);
        assertThat(cost.text()).contains("SNS mobile notifications", "a call for 25");
    }

    @Test
    void shouldNotMeetTheRateLimitOfADeviceWhenAllCallsFallIntoOneMinute() {
        // Given
        int calls = 2 * (PushCost.WARM_UP + PushCost.MOST);

        // Then
        assertThat(CostRun.config().carillon().pushRateLimit()).isGreaterThan(calls);
    }
}
