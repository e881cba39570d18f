package io.carillon.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.dynamodb.Tables;
import io.carillon.local.template.Template.Resource;
import java.util.List;
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
public record DescribedTable(CreateTableRequest definition, String timeToLive) {

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
        return new DescribedTable(definition.build(), timeToLive(resource));
    }

    public String name() {
        return definition.tableName();
    }

    /** Nobody would feel for weeks that rows stay for ever. */
    private static String timeToLive(Resource resource) {
        JsonNode ttl = resource.properties().path("TimeToLiveSpecification");
        if (!ttl.path("Enabled").asBoolean()
                || !ttl.path("AttributeName").asText().equals(Tables.TTL)) {
            throw new InvalidTemplate("the TimeToLiveSpecification of " + resource + " must be enabled with the"
                    + " AttributeName " + Tables.TTL + ", which the functions write: its rows would stay for ever");
        }
        return Tables.TTL;
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
