package io.carillon.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.delivery.Quota;
import io.carillon.delivery.QuotaContract;
import io.carillon.fakes.FakeClock;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class DynamoDbQuotaTest extends QuotaContract {

    private static final TableNames TABLES = LocalDynamoDb.tablesFor(DynamoDbQuotaTest.class);

    @Override
    protected Quota quota(int rate, InstantSource clock) {
        LocalDynamoDb.client()
                .deleteItem(delete -> delete.tableName(TABLES.channels()).key(Keys.quota()));
        return new DynamoDbQuota(LocalDynamoDb.client(), TABLES, rate, clock);
    }

    @Test
    void shouldRecoverWhenAClockThatWasWrongGaveOutTheFuture() {
        // Given
        FakeClock wrong = new FakeClock();
        wrong.advance(Duration.ofDays(400));
        quota(1_000, wrong).lease(10);
        FakeClock right = new FakeClock();

        // When
        Quota quota = new DynamoDbQuota(LocalDynamoDb.client(), TABLES, 1_000, right);

        // Then
        assertThat(quota.lease(10)).isEqualTo(right.instant());
        assertThat(quota.lease(10)).isEqualTo(right.instant().plusMillis(10));
    }
}
