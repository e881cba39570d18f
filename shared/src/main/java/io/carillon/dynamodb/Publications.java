package io.carillon.dynamodb;

import static io.carillon.dynamodb.Items.bool;
import static io.carillon.dynamodb.Items.n;
import static io.carillon.dynamodb.Items.names;
import static io.carillon.dynamodb.Items.s;

import io.carillon.channel.LogRecord;
import io.carillon.events.Publication;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** Works on the rows of a log. */
final class Publications {

    /**
     * Longer than any history is kept: a tombstone that went before the publications around it would look like a loss.
     */
    private static final Duration TOMBSTONE = Duration.ofDays(400);

    private static final String UNWRITTEN = "attribute_not_exists(#log)";

    private final DynamoDbClient client;
    private final String table;
    private final Expiry expiry;

    Publications(DynamoDbClient client, String table, Expiry expiry) {
        this.client = client;
        this.table = table;
        this.expiry = expiry;
    }

    boolean put(String channel, String epoch, Publication publication, Duration ttl) {
        try {
            Conflicts.retry(() -> client.putItem(put -> put.tableName(table)
                    .item(PublicationItem.of(channel, epoch, publication, expiry.after(ttl)))
                    .conditionExpression(UNWRITTEN)
                    .expressionAttributeNames(names("log"))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
            return true;
        } catch (ConditionalCheckFailedException e) {
            // The offset belongs to one publisher: what stands there is a tombstone, or this very publication, put by
            // an attempt whose answer got lost.
            return !PublicationItem.isTombstone(e.item());
        }
    }

    /** The same write as a part of a transaction. */
    Put inTransaction(String channel, String epoch, Publication publication, Duration ttl) {
        return Put.builder()
                .tableName(table)
                .item(PublicationItem.of(channel, epoch, publication, expiry.after(ttl)))
                .conditionExpression(UNWRITTEN)
                .expressionAttributeNames(names("log"))
                .build();
    }

    boolean tombstone(String channel, String epoch, long offset) {
        try {
            Conflicts.retry(() -> client.putItem(put -> put.tableName(table)
                    .item(PublicationItem.tombstone(channel, epoch, offset, expiry.after(TOMBSTONE)))
                    .conditionExpression(UNWRITTEN + " OR #closed = :yes")
                    .expressionAttributeNames(names("log", "closed"))
                    .expressionAttributeValues(Map.of(":yes", bool(true)))));
            return true;
        } catch (ConditionalCheckFailedException ignored) {
            return false;
        }
    }

    List<LogRecord> read(String channel, String epoch, long from, long to) {
        if (from > to) {
            return List.of();
        }
        return client
                .queryPaginator(QueryRequest.builder()
                        .tableName(table)
                        .consistentRead(true)
                        .keyConditionExpression("#log = :log AND #offset BETWEEN :from AND :to")
                        .expressionAttributeNames(names("log", "offset"))
                        .expressionAttributeValues(
                                Map.of(":log", s(Keys.publications(channel, epoch)), ":from", n(from), ":to", n(to)))
                        .build())
                .items()
                .stream()
                .filter(item -> !expiry.isPast(item))
                .map(PublicationItem::from)
                .toList();
    }
}
