package io.carillon.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

class EmbeddedDynamoDbTest {

    @Test
    void shouldCountUpwardsWhenItemIsUpdated() {
        try (var database = EmbeddedDynamoDb.inMemory()) {
            // Given
            createTable(database.client());

            // When
            increment(database.client());
            var count = increment(database.client());

            // Then
            assertThat(count).isEqualTo("2");
        }
    }

    @Test
    void shouldForgetTablesWhenKeptInMemory() {
        // Given
        try (var database = EmbeddedDynamoDb.inMemory()) {
            createTable(database.client());
        }

        // When
        try (var database = EmbeddedDynamoDb.inMemory()) {
            // Then
            assertThat(database.client().listTables().tableNames()).isEmpty();
        }
    }

    @Test
    void shouldKeepASecondRuntimeOutOfADirectoryInUse(@TempDir Path directory) {
        try (var first = EmbeddedDynamoDb.inDirectory(directory)) {
            assertThat(first.client().listTables().tableNames()).isEmpty();

            // When / Then
            assertThatThrownBy(() -> EmbeddedDynamoDb.inDirectory(directory))
                    .hasMessageContaining(directory + " is in use by another Carillon");
        }
    }

    @Test
    void shouldKeepItemsWhenOpenedAgainInSameDirectory(@TempDir Path directory) {
        // Given
        var data = directory.resolve("new/data");
        try (var database = EmbeddedDynamoDb.inDirectory(data)) {
            createTable(database.client());
            increment(database.client());
        }

        // When
        try (var database = EmbeddedDynamoDb.inDirectory(data)) {
            // Then
            assertThat(increment(database.client())).isEqualTo("2");
        }
    }

    private static void createTable(DynamoDbClient client) {
        client.createTable(table -> table.tableName("counters")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("name")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("name")
                        .keyType(KeyType.HASH)
                        .build()));
    }

    private static String increment(DynamoDbClient client) {
        return client.updateItem(update -> update.tableName("counters")
                        .key(Map.of("name", AttributeValue.fromS("visits")))
                        .updateExpression("ADD hits :one")
                        .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1")))
                        .returnValues(ReturnValue.UPDATED_NEW))
                .attributes()
                .get("hits")
                .n();
    }
}
