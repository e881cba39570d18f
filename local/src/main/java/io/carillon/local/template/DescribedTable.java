package io.carillon.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.local.template.Template.Resource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/**
 * A DynamoDB table.
 *
 * @param definition what makes it: its name, keys and indexes
 * @param timeToLive the attribute that holds when a row expires
 */
public record DescribedTable(CreateTableRequest definition, Optional<String> timeToLive) {

    /** The types of tables; with one Region they are the same thing. */
    static final List<String> TYPES = List.of("AWS::DynamoDB::GlobalTable", "AWS::DynamoDB::Table");

    static DescribedTable of(Resource resource) {
        JsonNode properties = resource.properties();
        List<GlobalSecondaryIndex> indexes = stream(properties.path("GlobalSecondaryIndexes"))
                .map(DescribedTable::index)
                .toList();
        CreateTableRequest.Builder definition = CreateTableRequest.builder()
                .tableName(resource.required("TableName"))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(keys(properties))
                .attributeDefinitions(stream(properties.path("AttributeDefinitions"))
                        .map(attribute -> AttributeDefinition.builder()
                                .attributeName(attribute.path("AttributeName").asText())
                                .attributeType(attribute.path("AttributeType").asText())
                                .build())
                        .toList());
        if (!indexes.isEmpty()) {
            definition.globalSecondaryIndexes(indexes);
        }
        JsonNode ttl = properties.path("TimeToLiveSpecification");
        return new DescribedTable(
                definition.build(),
                ttl.path("Enabled").asBoolean()
                        ? Optional.of(ttl.path("AttributeName").asText())
                        : Optional.empty());
    }

    public String name() {
        return definition.tableName();
    }

    private static GlobalSecondaryIndex index(JsonNode index) {
        return GlobalSecondaryIndex.builder()
                .indexName(index.path("IndexName").asText())
                .keySchema(keys(index))
                .projection(projection -> projection.projectionType(
                        index.path("Projection").path("ProjectionType").asText()))
                .build();
    }

    private static List<KeySchemaElement> keys(JsonNode of) {
        return stream(of.path("KeySchema"))
                .map(key -> KeySchemaElement.builder()
                        .attributeName(key.path("AttributeName").asText())
                        .keyType(key.path("KeyType").asText())
                        .build())
                .toList();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
