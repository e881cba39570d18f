package io.carillon.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

class TablesTest {

    private static final DynamoDbClient CLIENT = LocalDynamoDb.client();

    @Test
    void shouldCreateEveryTableWithTtlAndPaidPerRequestWhenCalledOnceOrAgain() {
        // Given
        TableNames names = TableNames.withPrefix("tables-test-");

        // When
        Tables.create(CLIENT, names);
        Tables.create(CLIENT, names);

        // Then
        for (String name :
                List.of(names.connections(), names.subscriptions(), names.channels(), names.publications())) {
            TableDescription table =
                    CLIENT.describeTable(describe -> describe.tableName(name)).table();
            TimeToLiveDescription ttl = CLIENT.describeTimeToLive(describe -> describe.tableName(name))
                    .timeToLiveDescription();
            assertThat(table.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
            assertThat(ttl.attributeName()).isEqualTo(Tables.TTL);
            assertThat(ttl.timeToLiveStatus()).isIn(TimeToLiveStatus.ENABLED, TimeToLiveStatus.ENABLING);
        }
    }

    @Test
    void shouldIndexConnectionsByUserAndHeartbeatWithKeysOnly() {
        // Given
        TableNames names = LocalDynamoDb.tablesFor(TablesTest.class);

        // When
        List<GlobalSecondaryIndexDescription> indexes = CLIENT.describeTable(
                        describe -> describe.tableName(names.connections()))
                .table()
                .globalSecondaryIndexes();

        // Then
        assertThat(indexes)
                .extracting(GlobalSecondaryIndexDescription::indexName)
                .containsExactlyInAnyOrder("user", "heartbeat");
        assertThat(indexes)
                .allSatisfy(
                        index -> assertThat(index.projection().projectionType()).isEqualTo(ProjectionType.KEYS_ONLY));
    }
}
