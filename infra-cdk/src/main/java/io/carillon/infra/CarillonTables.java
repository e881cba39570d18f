package io.carillon.infra;

import io.carillon.dynamodb.TableNames;
import io.carillon.dynamodb.Tables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Billing;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexPropsV2;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.ProjectionType;
import software.amazon.awscdk.services.dynamodb.ReplicaTableProps;
import software.amazon.awscdk.services.dynamodb.TableEncryptionV2;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.constructs.Construct;

/** The tables, with the keys and indexes that the code which reads them defines. */
final class CarillonTables extends Construct {

    private final Map<String, TableV2> tables = new HashMap<>();
    private final TableNames names;

    CarillonTables(Construct scope, String id, CarillonProps props) {
        super(scope, id);
        names = TableNames.withPrefix(props.prefix());
        // Connections, and who is subscribed through them, are worth nothing once the connections have ended.
        Set<String> lasting = Set.of(names.channels(), names.publications(), names.devices());
        Set<String> copied = Set.of(names.channels(), names.publications());
        for (CreateTableRequest definition : Tables.definitions(names)) {
            String name = definition.tableName();
            String ownName = name.substring(props.prefix().length());
            boolean backedUp = props.production() && lasting.contains(name);
            TableV2 table = table(ownName, definition, props.production(), backedUp);
            if (copied.contains(name)) {
                props.twoRegions()
                        .ifPresent(two -> table.addReplica(
                                ReplicaTableProps.builder().region(two.other()).build()));
            }
            if (!backedUp) {
                Explained.finding(
                        table,
                        "AwsSolutions-DDB3",
                        lasting.contains(name)
                                ? "Backups are for production stages."
                                : "The rows live as long as a connection does: a restored one would be wrong.");
            }
            tables.put(name, table);
        }
    }

    private TableV2 table(String ownName, CreateTableRequest definition, boolean guarded, boolean backedUp) {
        Attributes attributes = new Attributes(definition.attributeDefinitions());
        return TableV2.Builder.create(this, ownName)
                .tableName(definition.tableName())
                .partitionKey(attributes.partitionKey(definition.keySchema()))
                .sortKey(attributes.sortKey(definition.keySchema()))
                .billing(Billing.onDemand())
                .encryption(TableEncryptionV2.dynamoOwnedKey())
                .timeToLiveAttribute(Tables.TTL)
                .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                        .pointInTimeRecoveryEnabled(backedUp)
                        .build())
                .deletionProtection(guarded)
                .removalPolicy(RemovalPolicy.DESTROY)
                .globalSecondaryIndexes(definition.globalSecondaryIndexes().stream()
                        .map(index -> GlobalSecondaryIndexPropsV2.builder()
                                .indexName(index.indexName())
                                .partitionKey(attributes.partitionKey(index.keySchema()))
                                .sortKey(attributes.sortKey(index.keySchema()))
                                .projectionType(ProjectionType.valueOf(
                                        index.projection().projectionTypeAsString()))
                                .build())
                        .toList())
                .build();
    }

    TableNames names() {
        return names;
    }

    /** Gives the table of that full name. */
    TableV2 named(String name) {
        return tables.get(name);
    }

    private record Attributes(List<AttributeDefinition> definitions) {

        Attribute partitionKey(List<KeySchemaElement> schema) {
            return attribute(schema.getFirst().attributeName());
        }

        /** Null where there is none, as CDK's builders want it. */
        Attribute sortKey(List<KeySchemaElement> schema) {
            return schema.size() < 2 ? null : attribute(schema.get(1).attributeName());
        }

        private Attribute attribute(String name) {
            AttributeDefinition found = definitions.stream()
                    .filter(definition -> definition.attributeName().equals(name))
                    .findFirst()
                    .orElseThrow();
            return Attribute.builder()
                    .name(name)
                    .type(
                            switch (found.attributeType()) {
                                case S -> AttributeType.STRING;
                                case N -> AttributeType.NUMBER;
                                case B -> AttributeType.BINARY;
                                case UNKNOWN_TO_SDK_VERSION ->
                                    throw new IllegalStateException("No key has the type " + found);
                            })
                    .build();
        }
    }
}
