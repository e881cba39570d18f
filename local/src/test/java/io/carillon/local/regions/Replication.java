package io.carillon.local.regions;

import io.carillon.dynamodb.TableNames;
import io.carillon.dynamodb.Tables;
import io.carillon.local.Await;
import io.carillon.local.aws.LocalAws;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Does what global tables do for the logs: each item that changes in one Region is copied to a replica in the other, late,
 * and in no order between items.
 */
final class Replication implements AutoCloseable {

    /** How the names of the replicas begin: two Regions cannot have tables of the same name. */
    static final TableNames REPLICAS = TableNames.withPrefix("carillon-eu-");

    private static final TableNames OWN = TableNames.withPrefix(Region.PREFIX);
    private static final List<Function<TableNames, String>> TABLES =
            List.of(TableNames::publications, TableNames::channels);

    private final DynamoDbClient from;
    private final DynamoDbClient to;
    private final Map<Map<String, AttributeValue>, Map<String, AttributeValue>> copied = new HashMap<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong rounds = new AtomicLong();
    private final Thread worker;

    private Replication(LocalAws from, LocalAws to) {
        this.from = from.dynamoDb();
        this.to = to.dynamoDb();
        Tables.create(this.to, REPLICAS);
        worker = Thread.ofVirtual().start(this::run);
    }

    static Replication between(LocalAws from, LocalAws to) {
        return new Replication(from, to);
    }

    private void run() {
        while (!stopped.get()) {
            TABLES.forEach(this::copy);
            rounds.incrementAndGet();
        }
    }

    private void copy(Function<TableNames, String> table) {
        for (Map<String, AttributeValue> item :
                from.scanPaginator(scan -> scan.tableName(table.apply(OWN))).items()) {
            if (!item.equals(copied.put(key(item), item))) {
                to.putItem(put -> put.tableName(table.apply(REPLICAS)).item(item));
            }
        }
    }

    private static Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
        return item.containsKey("item")
                ? Map.of("channel", item.get("channel"), "item", item.get("item"))
                : Map.of("log", item.get("log"), "offset", item.get("offset"));
    }

    /** Waits until all that was written before is copied. */
    void catchUp() {
        long next = rounds.get() + 2;
        Await.until("replication", () -> rounds.get() >= next);
    }

    /** The Region is cut off: what is written from now on is not copied. */
    @Override
    public void close() {
        stopped.set(true);
        try {
            worker.join();
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted while replicating", e);
        }
    }
}
