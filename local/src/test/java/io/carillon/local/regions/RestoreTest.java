package io.carillon.local.regions;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.dynamodb.Epochs;
import io.carillon.dynamodb.Renewal;
import io.carillon.dynamodb.TableNames;
import io.carillon.dynamodb.Tables;
import io.carillon.events.Position;
import io.carillon.local.Await;
import io.carillon.local.LocalRuntime;
import io.carillon.local.Storage;
import io.carillon.local.aws.LocalAws;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tables are backed up, more is published, all is lost, and the backup is restored. */
class RestoreTest {

    private static final TableNames TABLES = TableNames.withPrefix(Region.PREFIX);

    @TempDir
    private Path lost;

    @TempDir
    private Path restored;

    private record Row(Function<TableNames, String> table, Map<String, AttributeValue> item) {}

    private final List<Row> backup = new ArrayList<>();
    private Position seen = Position.NONE;

    @BeforeEach
    void loseWhatWasPublishedSinceTheBackup() {
        try (LocalRuntime runtime = Region.start("eu1", new Storage.Directory(lost));
                Visit subscriber = Visit.to(runtime.port(), "news")) {
            publish(runtime, 1, 5);
            Await.until(() -> subscriber.data().size() == 5);
        }
        try (LocalAws aws = LocalAws.inDirectory(lost)) {
            dump(aws.dynamoDb(), TableNames::channels);
            dump(aws.dynamoDb(), TableNames::publications);
        }
        try (LocalRuntime runtime = Region.start("eu1", new Storage.Directory(lost))) {
            seen = publish(runtime, 6, 8);
        }
    }

    private static Position publish(LocalRuntime runtime, int from, int to) {
        Position last = Position.NONE;
        for (int number = from; number <= to; number++) {
            last = Backend.publish(runtime.port(), "news", Integer.toString(number))
                    .orElseThrow();
        }
        return last;
    }

    private void dump(DynamoDbClient client, Function<TableNames, String> table) {
        client.scanPaginator(scan -> scan.tableName(table.apply(TABLES))).items().stream()
                .map(item -> new Row(table, item))
                .forEach(backup::add);
    }

    private void load(DynamoDbClient client, TableNames names) {
        Tables.create(client, names);
        backup.forEach(row ->
                client.putItem(put -> put.tableName(row.table().apply(names)).item(row.item())));
    }

    private static int renew(DynamoDbClient client, TableNames from) {
        return new Renewal(client, from, TABLES, InstantSource.system(), new Epochs("eu2")).renew();
    }

    @ParameterizedTest
    @ValueSource(strings = {"restored-", Region.PREFIX})
    void shouldKeepTheHistoryAndTellClientsTheTruthWhenTheLogsAreRenewed(String prefix) {
        // Given logs that were restored to tables of their own, or where they are used
        try (LocalAws aws = LocalAws.inDirectory(restored)) {
            Tables.create(aws.dynamoDb(), TABLES);
            load(aws.dynamoDb(), TableNames.withPrefix(prefix));
            assertThat(renew(aws.dynamoDb(), TableNames.withPrefix(prefix))).isEqualTo(1);
            assertThat(renew(aws.dynamoDb(), TableNames.withPrefix(prefix))).isZero();
        }

        // When
        try (LocalRuntime runtime = Region.start("eu2", new Storage.Directory(restored))) {
            List<String> history = Backend.history(runtime.port(), "news");
            try (Visit back = Visit.to(runtime.port(), "news", seen)) {
                Position next = publish(runtime, 9, 9);

                // Then
                assertThat(history).containsExactly("1", "2", "3", "4", "5");
                assertThat(back.recovered()).isFalse();
                assertThat(next.epoch()).startsWith("eu2-");
                assertThat(next.offset()).isEqualTo(6);
                Await.until(() -> back.data().equals(List.of("9")));
                assertRecoversFromTheRenewedLog(runtime, next.at(3));
            }
        }
    }

    private static void assertRecoversFromTheRenewedLog(LocalRuntime runtime, Position since) {
        try (Visit later = Visit.to(runtime.port(), "news", since)) {
            assertThat(later.recovered()).isTrue();
            assertThat(later.data()).containsExactly("4", "5", "9");
        }
    }

    @Test
    void shouldBeginWithoutHistoryWhenOnlyTheMarkIsNew() {
        // Given
        try (LocalAws aws = LocalAws.inDirectory(restored)) {
            load(aws.dynamoDb(), TABLES);
        }

        // When
        try (LocalRuntime runtime = Region.start("eu2", new Storage.Directory(restored));
                Visit back = Visit.to(runtime.port(), "news", seen)) {
            Position next = publish(runtime, 9, 9);

            // Then
            assertThat(back.recovered()).isFalse();
            assertThat(next.offset()).isEqualTo(1);
            assertThat(Backend.history(runtime.port(), "news")).containsExactly("9");
        }
    }

    /** Shows what the rule is for: with its old mark, a restored log gives out positions a second time. */
    @Test
    void shouldGiveOutPositionsTwiceWhenTheMarkIsNotChanged() {
        // Given
        try (LocalAws aws = LocalAws.inDirectory(restored)) {
            load(aws.dynamoDb(), TABLES);
        }

        // When
        try (LocalRuntime runtime = Region.start("eu1", new Storage.Directory(restored))) {
            Position again = publish(runtime, 9, 11);

            // Then
            assertThat(again).isEqualTo(seen);
        }
    }
}
