package io.carillon.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.push.Provider;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What the runtime takes from the template that it comes with. */
class DescriptionTest {

    private final Description description = Description.standard();

    private static DescribedMapping mapping(Description of, String handler) {
        return of.mappings().stream()
                .filter(mapping ->
                        of.functions().get(mapping.functionId()).handlerName().equals(handler))
                .findFirst()
                .orElseThrow();
    }

    private String handler(String functionId) {
        return description.functions().get(functionId).handler();
    }

    @Test
    void shouldFindTheRoutesAndTheFunctionsBehindThem() {
        // Then
        DescribedSocket socket = description.socket();
        assertThat(socket.routes()).containsOnlyKeys("$connect", "$default", "$disconnect");
        assertThat(handler(socket.routes().get("$connect"))).isEqualTo("io.carillon.functions.ConnectHandler");
        assertThat(handler(socket.routes().get("$default"))).isEqualTo("io.carillon.functions.MessageHandler");
        assertThat(handler(socket.routes().get("$disconnect"))).isEqualTo("io.carillon.functions.DisconnectHandler");
        assertThat(socket.silent()).containsExactlyInAnyOrder("$connect", "$disconnect");
        assertThat(description.http().routes())
                .containsOnlyKeys(
                        "ANY /api",
                        "ANY /api/{method}",
                        "ANY /devices",
                        "ANY /devices/{id}",
                        "ANY /connection/long_poll/{action}");
        assertThat(handler(description.http().routes().get("ANY /devices")))
                .isEqualTo("io.carillon.functions.ApiHandler");
        assertThat(handler(description.http().routes().get("ANY /connection/long_poll/{action}")))
                .isEqualTo("io.carillon.functions.PollHandler");
    }

    @Test
    void shouldFindWhatFeedsTheDeliverer() {
        // Then
        DescribedMapping mapping = mapping(description, "DeliverHandler");
        DescribedQueue queue = description.queues().get(mapping.queueId());
        assertThat(mapping.batchSize()).isEqualTo(10);
        assertThat(mapping.reportBatchItemFailures()).isTrue();
        assertThat(queue.name()).isEqualTo("carillon-dev-mailboxes.fifo");
        assertThat(queue.attributes())
                .containsEntry(QueueAttributeName.DEDUPLICATION_SCOPE, "messageGroup")
                .containsEntry(QueueAttributeName.FIFO_THROUGHPUT_LIMIT, "perMessageGroupId");
        assertThat(queue.visibility())
                .isGreaterThan(description.functions().get(mapping.functionId()).timeout());
        assertThat(queue.redrive()).isPresent();
        assertThat(description.environment().mailboxesId()).isEqualTo(queue.id());
    }

    @Test
    void shouldFindTheTablesWithTheirIndexesAndExpiry() {
        // Then
        assertThat(description.tables())
                .extracting(DescribedTable::name)
                .containsExactlyInAnyOrder(
                        "carillon-dev-connections",
                        "carillon-dev-subscriptions",
                        "carillon-dev-channels",
                        "carillon-dev-publications",
                        "carillon-dev-outboxes",
                        "carillon-dev-devices");
        assertThat(description.tables())
                .allSatisfy(table -> assertThat(table.timeToLive()).isEqualTo("ttl"));
        assertThat(description.tables().stream().flatMap(table -> table.definition().globalSecondaryIndexes().stream()))
                .extracting(GlobalSecondaryIndex::indexName)
                .containsExactlyInAnyOrder("user", "heartbeat");
    }

    @Test
    void shouldFindMobilePushAndTheTopicOfEvents() {
        // Then
        Environment.Push push = description.environment().push().orElseThrow();
        DescribedMapping mapping = mapping(description, "PushHandler");
        assertThat(mapping.queueId()).isEqualTo(push.queueId());
        assertThat(description.queues().get(push.queueId()).name()).isEqualTo("carillon-dev-push");
        assertThat(push.applications()).containsOnlyKeys(Provider.values());
        assertThat(description.environment().topic()).contains("carillon-dev-events");
    }

    @Test
    void shouldFindTheSchedule() {
        // Then
        assertThat(handler(description.schedule().functionId())).isEqualTo("io.carillon.functions.HeartbeatHandler");
        assertThat(description.schedule().period()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void shouldFindTheThrottlesOfBothStages() {
        // Then
        assertThat(description.socket().throttle()).isEqualTo(new DescribedThrottle(OptionalDouble.of(2_000), 1_000));
        assertThat(description.http().throttle()).isEqualTo(new DescribedThrottle(OptionalDouble.of(1_000), 500));
        assertThat(description.http().routeThrottles())
                .containsExactly(Map.entry(
                        "ANY /connection/long_poll/{action}", new DescribedThrottle(OptionalDouble.of(500), 250)));
        assertThat(description.withoutThrottles().http().routeThrottles()).isEmpty();
        assertThat(description.withoutThrottles().http().throttle()).isEqualTo(DescribedThrottle.NONE);
    }

    @Test
    void shouldShortenTheTimeoutsWithTheVisibility() {
        // When
        Description shorter = description.withVisibility(Duration.ofSeconds(6));

        // Then
        assertThat(shorter.mappings()).hasSize(2).allSatisfy(mapping -> {
            assertThat(shorter.queues().get(mapping.queueId()).visibility()).isEqualTo(Duration.ofSeconds(6));
            assertThat(shorter.functions().get(mapping.functionId()).timeout()).isEqualTo(Duration.ofSeconds(5));
        });
    }
}
