package io.carillon.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The rows of all tables as JSON, in DynamoDB's own notation: {@code {"S":"text"}}. */
final class StoredRows {

    private final DynamoDbClient client;
    private final Map<String, String> tables;

    StoredRows(DynamoDbClient client, TableNames names) {
        this.client = client;
        this.tables = new TreeMap<>(Map.of(
                "connections", names.connections(),
                "subscriptions", names.subscriptions(),
                "channels", names.channels(),
                "publications", names.publications(),
                "outboxes", names.outboxes(),
                "devices", names.devices()));
    }

    JsonNode dump() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        tables.forEach((name, table) -> {
            ArrayNode rows = all.putArray(name);
            client.scanPaginator(scan -> scan.tableName(table)).items().stream()
                    .map(StoredRows::json)
                    .sorted((one, other) -> one.toString().compareTo(other.toString()))
                    .forEach(rows::add);
        });
        return all;
    }

    void load(JsonNode all) {
        tables.forEach((name, table) -> all.path(name)
                .forEach(row -> client.putItem(put -> put.tableName(table).item(item(row)))));
    }

    private static ObjectNode json(Map<String, AttributeValue> item) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(item).forEach((name, value) -> object.set(name, json(value)));
        return object;
    }

    private static ObjectNode json(AttributeValue value) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        return switch (value.type()) {
            case S -> object.put("S", value.s());
            case N -> object.put("N", value.n());
            case BOOL -> object.put("BOOL", value.bool());
            case M -> object.set("M", json(value.m()));
            case L -> {
                ArrayNode list = object.putArray("L");
                value.l().forEach(element -> list.add(json(element)));
                yield object;
            }
            case SS -> {
                ArrayNode set = object.putArray("SS");
                value.ss().forEach(set::add);
                yield object;
            }
            default -> throw new IllegalStateException("No row has an attribute of type " + value.type());
        };
    }

    private static Map<String, AttributeValue> item(JsonNode object) {
        Map<String, AttributeValue> item = new HashMap<>();
        object.properties().forEach(member -> item.put(member.getKey(), value(member.getValue())));
        return item;
    }

    private static AttributeValue value(JsonNode node) {
        String type = List.copyOf(node.properties()).getFirst().getKey();
        return switch (type) {
            case "S" -> AttributeValue.fromS(node.path("S").asText());
            case "N" -> AttributeValue.fromN(node.path("N").asText());
            case "BOOL" -> AttributeValue.fromBool(node.path("BOOL").asBoolean());
            case "M" -> AttributeValue.fromM(item(node.path("M")));
            case "L" ->
                AttributeValue.fromL(
                        node.path("L").valueStream().map(StoredRows::value).toList());
            case "SS" ->
                AttributeValue.fromSs(
                        node.path("SS").valueStream().map(JsonNode::asText).toList());
            default -> throw new IllegalStateException("No row has an attribute of type " + type);
        };
    }
}
