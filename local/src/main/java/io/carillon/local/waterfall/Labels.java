package io.carillon.local.waterfall;

import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Names calls as people would. */
final class Labels {

    static final String GATEWAY = "API Gateway to Lambda";
    static final String WAIT = "pick-up and start of the invocation";
    static final String RUN = "function";
    static final String POSTS = "posts, first to last accepted";

    private static final String REQUEST = "Request";

    private Labels() {}

    /** Names the operation, its table, and which kind of row of the channels it is about. */
    static String of(SdkRequest request) {
        String type = request.getClass().getSimpleName();
        String operation = type.endsWith(REQUEST) ? type.substring(0, type.length() - REQUEST.length()) : type;
        String table = request.sdkFields().stream()
                .filter(field -> field.memberName().equals("TableName"))
                .map(field -> value(field, request))
                .findFirst()
                .orElse("");
        return (operation + " " + table.substring(table.lastIndexOf('-') + 1) + " " + row(request)).strip();
    }

    private static String value(SdkField<?> field, SdkRequest request) {
        return String.valueOf(field.getValueOrDefault(request));
    }

    private static String row(SdkRequest request) {
        Map<String, AttributeValue> key = switch (request) {
            case GetItemRequest get -> get.key();
            case UpdateItemRequest update -> update.key();
            case PutItemRequest put -> put.item();
            default -> Map.of();
        };
        String item = key.containsKey("item") ? String.valueOf(key.get("item").s()) : "";
        return item.startsWith("shard") ? "shard" : item;
    }
}
