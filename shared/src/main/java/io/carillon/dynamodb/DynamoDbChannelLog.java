package io.carillon.dynamodb;

import static io.carillon.dynamodb.Items.n;
import static io.carillon.dynamodb.Items.names;
import static io.carillon.dynamodb.Items.number;
import static io.carillon.dynamodb.Items.s;
import static io.carillon.dynamodb.Items.text;

import io.carillon.channel.ChannelLog;
import io.carillon.channel.LogRecord;
import io.carillon.channel.LogState;
import io.carillon.events.Position;
import io.carillon.events.Publication;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Keeps channel logs in the tables {@code channels} and {@code publications}. One channel takes up to 1,000
 * publications of 1 KB a second, which is what DynamoDB writes to one partition.
 *
 * <p>The number of shards outlives an epoch: a channel with subscribers whose epoch expired keeps sending to them.
 *
 * <p>Safe for use by several threads and processes.
 */
public final class DynamoDbChannelLog implements ChannelLog {

    private final DynamoDbClient client;
    private final String channels;
    private final LogItem log;
    private final Epochs epochs;
    private final Publications publications;
    private final IdempotencyKeys idempotency;

    /** Continues every log that it finds. */
    public DynamoDbChannelLog(DynamoDbClient client, TableNames names, InstantSource clock) {
        this(client, names, clock, Epochs.UNMARKED);
    }

    /** Continues the logs whose epochs have the right mark. */
    public DynamoDbChannelLog(DynamoDbClient client, TableNames names, InstantSource clock, Epochs epochs) {
        Expiry expiry = new Expiry(clock);
        this.client = client;
        this.channels = names.channels();
        this.epochs = epochs;
        this.log = new LogItem(client, names.channels(), expiry, epochs);
        this.publications = new Publications(client, names.publications(), expiry);
        this.idempotency = new IdempotencyKeys(client, names.channels(), expiry);
    }

    /** {@inheritDoc} One call: 1 RRU. */
    @Override
    public LogState state(String channel) {
        return log.state(channel);
    }

    /** {@inheritDoc} One call, eventually consistent: 0.5 RRU. */
    @Override
    public LogState stateLately(String channel) {
        return log.lately(channel);
    }

    @Override
    public boolean continues(String epoch) {
        return epochs.own(epoch);
    }

    /** {@inheritDoc} One call: 1 WRU; two if the epoch has expired. */
    @Override
    public LogState reserve(String channel, Duration metaTtl) {
        return log.reserve(channel, metaTtl);
    }

    /** {@inheritDoc} One call: 1 WRU per KB. At most 400 KB. */
    @Override
    public boolean put(String channel, String epoch, Publication publication, Duration ttl) {
        return publications.put(channel, epoch, publication, ttl);
    }

    /** {@inheritDoc} One call: 2 WRU per KB of the publication and 2 for the key. */
    @Override
    public PutOnce putOnce(String channel, String epoch, Publication publication, Duration ttl, String idempotencyKey) {
        TransactWriteItem put = TransactWriteItem.builder()
                .put(publications.inTransaction(channel, epoch, publication, ttl))
                .build();
        TransactWriteItem remember = TransactWriteItem.builder()
                .put(idempotency.inTransaction(channel, idempotencyKey, new Position(publication.offset(), epoch)))
                .build();
        try {
            Conflicts.retry(() -> client.transactWriteItems(write -> write.transactItems(put, remember)));
            return PutOnce.WRITTEN;
        } catch (TransactionCanceledException e) {
            if (Conflicts.hasFailedCondition(e, 1)) {
                return PutOnce.REPEATED;
            }
            if (Conflicts.hasFailedCondition(e, 0)) {
                return PutOnce.CLOSED;
            }
            throw e;
        }
    }

    /** {@inheritDoc} One call: 1 WRU. */
    @Override
    public boolean claim(String channel, String idempotencyKey) {
        return idempotency.claim(channel, idempotencyKey);
    }

    /** {@inheritDoc} {@link Position#NONE} for a key that was claimed. One call: 1 RRU. */
    @Override
    public Optional<Position> earlier(String channel, String idempotencyKey) {
        return idempotency.earlier(channel, idempotencyKey);
    }

    /** {@inheritDoc} One call per MB: 1 RRU per 4 KB. */
    @Override
    public List<LogRecord> read(String channel, String epoch, long from, long to) {
        return publications.read(channel, epoch, from, to);
    }

    /**
     * {@inheritDoc} A publication that has expired, which {@link #read} no longer gives, counts as standing there: to close
     * its offset would pass a loss off as nothing. One call: 1 WRU.
     */
    @Override
    public boolean tombstone(String channel, String epoch, long offset) {
        return publications.tombstone(channel, epoch, offset);
    }

    /** {@inheritDoc} One call: 1 WRU. */
    @Override
    public void remove(String channel) {
        log.remove(channel);
    }

    /** {@inheritDoc} One call: 1 WRU; two if the epoch has expired. */
    @Override
    public LogState openShard(String channel, int shard, Duration metaTtl) {
        return log.openShard(channel, shard, metaTtl);
    }

    /** {@inheritDoc} True as well if the shard was closed before. One call: 1 WRU. */
    @Override
    public boolean closeShard(String channel, int shard) {
        return log.closeShard(channel, shard);
    }

    /** {@inheritDoc} Scans the table: one call and up to 256 RRU per MB. */
    @Override
    public void occupied(BiConsumer<String, Integer> visitor) {
        Map<String, Integer> sizes = new TreeMap<>();
        client.scanPaginator(scan -> scan.tableName(channels)
                        .consistentRead(true)
                        .filterExpression("begins_with(#item, :shard) AND #size > :zero")
                        .projectionExpression("#channel, #size")
                        .expressionAttributeNames(names("channel", "item", "size"))
                        .expressionAttributeValues(Map.of(":shard", s(Keys.SHARD_PREFIX), ":zero", n(0))))
                .items()
                .forEach(item ->
                        sizes.merge(text(item, "channel"), Math.toIntExact(number(item, "size")), Integer::sum));
        sizes.forEach(visitor);
    }
}
