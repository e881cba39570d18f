package io.carillon.dynamodb;

import static io.carillon.dynamodb.Items.n;
import static io.carillon.dynamodb.Items.names;
import static io.carillon.dynamodb.Items.number;

import io.carillon.delivery.Quota;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/**
 * Shares out the quota through one item of the table {@code channels}, by virtual scheduling: the item says until when
 * the quota has been given out, and each lease moves that on. A lease is 1 WRU, or 2 when it was not as expected: that
 * others are ahead, or that nobody is.
 *
 * <p>Safe for use by several threads and processes, whose clocks may differ: one that is behind waits for as much
 * longer, one that is ahead makes the others wait.
 */
public final class DynamoDbQuota implements Quota {

    /** Nobody can have given out so much: a delivery ends long before. Only a clock that was wrong writes it. */
    private static final Duration ABSURD = Duration.ofSeconds(60);

    private static final long SECOND = 1_000_000L;
    private static final String UNTIL = "until";

    private final DynamoDbClient client;
    private final String table;
    private final int rate;
    private final InstantSource clock;
    private volatile long lastUntil;

    /** Shares out {@code rate} posts per second. */
    public DynamoDbQuota(DynamoDbClient client, TableNames names, int rate, InstantSource clock) {
        this.client = client;
        this.table = names.channels();
        this.rate = rate;
        this.clock = clock;
    }

    @Override
    public Instant lease(int posts) {
        long cost = posts * SECOND / rate;
        Pause pause = new Pause("Too many lease posts from one quota");
        while (true) {
            boolean isAhead = lastUntil > now();
            Optional<Instant> start =
                    isAhead ? queue(cost).or(() -> begin(cost)) : begin(cost).or(() -> queue(cost));
            if (start.isPresent()) {
                return start.get();
            }
            pause.take();
        }
    }

    /** Joins those who are ahead; empty if there are none. */
    private Optional<Instant> queue(long cost) {
        return update(
                "SET #until = #until + :cost",
                "#until > :now AND #until < :absurd",
                Map.of(":cost", n(cost), ":now", n(now()), ":absurd", n(now() + micros(ABSURD))),
                cost);
    }

    /** Starts at present; empty if somebody else just did. */
    private Optional<Instant> begin(long cost) {
        long now = now();
        return update(
                "SET #until = :end",
                "attribute_not_exists(#until) OR #until <= :now OR #until >= :absurd",
                Map.of(":end", n(now + cost), ":now", n(now), ":absurd", n(now + micros(ABSURD))),
                cost);
    }

    private Optional<Instant> update(
            String expression, String condition, Map<String, AttributeValue> values, long cost) {
        try {
            Map<String, AttributeValue> item = client.updateItem(update -> update.tableName(table)
                            .key(Keys.quota())
                            .updateExpression(expression)
                            .conditionExpression(condition)
                            .expressionAttributeNames(names(UNTIL))
                            .expressionAttributeValues(values)
                            .returnValues(ReturnValue.UPDATED_NEW))
                    .attributes();
            lastUntil = number(item, UNTIL);
            return Optional.of(Instant.EPOCH.plus(lastUntil - cost, ChronoUnit.MICROS));
        } catch (ConditionalCheckFailedException ignored) {
            return Optional.empty();
        }
    }

    private long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }
}
