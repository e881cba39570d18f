package io.carillon.dynamodb;

import static io.carillon.dynamodb.Items.n;
import static io.carillon.dynamodb.Items.names;
import static io.carillon.dynamodb.Items.number;
import static io.carillon.dynamodb.Items.s;
import static io.carillon.dynamodb.Items.text;

import io.carillon.parallel.Parallel;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Begins restored logs anew, and keeps their histories: each gets a new epoch with a mark that no log has had, under which
 * its publications stand at their old offsets. Clients have seen more of the old epoch than was restored, so that must not
 * go on. Logs are taken from restored tables to the deployment's own, or renewed where they are.
 *
 * <p>A log that is in use in its new place, with the new mark, has begun without its history, and is left as it is. May be
 * run again after a failure.
 *
 * <p>Costs a scan of the table {@code channels}, and reading and writing each publication once.
 */
public final class Renewal {

    private final DynamoDbClient client;
    private final TableNames from;
    private final TableNames to;
    private final Expiry expiry;
    private final Epochs epochs;

    /**
     * Prepares.
     *
     * @param from where the restored logs are
     * @param to where they are to be: may be the same tables
     * @throws IllegalArgumentException if the epochs have no mark: nothing would tell what is renewed from what is not
     */
    public Renewal(DynamoDbClient client, TableNames from, TableNames to, InstantSource clock, Epochs epochs) {
        if (!epochs.areMarked()) {
            throw new IllegalArgumentException("Renewed logs need a mark that no log has had, such as eu2");
        }
        this.client = client;
        this.from = from;
        this.to = to;
        this.expiry = new Expiry(clock);
        this.epochs = epochs;
    }

    /**
     * Renews all logs that need it.
     *
     * @return how many
     */
    public int renew() {
        AtomicInteger renewed = new AtomicInteger();
        client.scanPaginator(scan -> scan.tableName(from.channels())
                        .consistentRead(true)
                        .filterExpression("#item = :log")
                        .expressionAttributeNames(names("item"))
                        .expressionAttributeValues(Map.of(":log", s("log"))))
                .forEach(page -> Parallel.map(page.items(), log -> isToBeRenewed(log) && renew(log)).stream()
                        .filter(Boolean::booleanValue)
                        .forEach(done -> renewed.incrementAndGet()));
        return renewed.get();
    }

    private boolean isToBeRenewed(Map<String, AttributeValue> log) {
        return number(log, "expires") > expiry.now() && !epochs.own(text(log, "epoch"));
    }

    private boolean renew(Map<String, AttributeValue> log) {
        String channel = text(log, "channel");
        String old = text(log, "epoch");
        String fresh = epochs.fresh();
        if (isInUse(channel)) {
            return false;
        }
        copy(Keys.publications(channel, old), Keys.publications(channel, fresh));
        try {
            // Whoever listens in the new place goes on listening: its shards are not touched.
            client.updateItem(update -> update.tableName(to.channels())
                    .key(Keys.log(channel))
                    .updateExpression("SET #epoch = :fresh, #offset = :offset, #floor = :floor, #expires = :expires,"
                            + " #ttl = if_not_exists(#hold, :zero) + :expires")
                    .conditionExpression("attribute_not_exists(#epoch) OR NOT begins_with(#epoch, :own)")
                    .expressionAttributeNames(names("epoch", "offset", "floor", "expires", "ttl", "hold"))
                    .expressionAttributeValues(Map.of(
                            ":fresh", s(fresh),
                            ":offset", n(number(log, "offset")),
                            ":floor", n(number(log, "floor")),
                            ":expires", n(number(log, "expires")),
                            ":zero", n(0),
                            ":own", s(epochs.prefix()))));
            return true;
        } catch (ConditionalCheckFailedException ignored) {
            // It has come into use meanwhile; the copies expire as publications do.
            return false;
        }
    }

    private boolean isInUse(String channel) {
        Map<String, AttributeValue> log = client.getItem(get ->
                        get.tableName(to.channels()).key(Keys.log(channel)).consistentRead(true))
                .item();
        return log.containsKey("epoch") && epochs.own(text(log, "epoch"));
    }

    private void copy(String oldLog, String newLog) {
        client.queryPaginator(query -> query.tableName(from.publications())
                        .consistentRead(true)
                        .keyConditionExpression("#log = :log")
                        .expressionAttributeNames(names("log"))
                        .expressionAttributeValues(Map.of(":log", s(oldLog))))
                .forEach(page -> copy(page.items(), newLog));
    }

    private void copy(List<Map<String, AttributeValue>> rows, String newLog) {
        for (Map<String, AttributeValue> row : rows) {
            if (!expiry.isPast(row)) {
                Map<String, AttributeValue> copy = new HashMap<>(row);
                copy.put("log", s(newLog));
                client.putItem(put -> put.tableName(to.publications()).item(copy));
            }
        }
    }
}
