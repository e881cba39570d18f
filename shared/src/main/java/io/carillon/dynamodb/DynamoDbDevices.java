package io.carillon.dynamodb;

import static io.carillon.dynamodb.Items.n;
import static io.carillon.dynamodb.Items.s;
import static io.carillon.dynamodb.Items.text;

import io.carillon.push.Device;
import io.carillon.push.Devices;
import io.carillon.push.Page;
import io.carillon.push.Provider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Keeps each device under its user, and beside it where it is, whose its token is, and a row for each topic: all
 * written in one transaction, so that every way to a device leads to the same.
 *
 * <p>Safe for use by several threads.
 */
public final class DynamoDbDevices implements Devices {

    private final DynamoDbClient client;
    private final String table;
    private final ItemPages pages;

    public DynamoDbDevices(DynamoDbClient client, TableNames names) {
        this.client = client;
        this.table = names.devices();
        this.pages = new ItemPages(client, table);
    }

    @Override
    public Optional<Device> find(String id) {
        Map<String, AttributeValue> place = read(DeviceKeys.place(id));
        return place.isEmpty() ? Optional.empty() : at(place);
    }

    @Override
    public Optional<String> idOfToken(Provider provider, String token) {
        return Optional.of(read(DeviceKeys.token(provider, token)))
                .filter(item -> !item.isEmpty())
                .map(item -> text(item, "device"));
    }

    @Override
    public List<Device> ofUser(String user) {
        return client
                .queryPaginator(query -> query.tableName(table)
                        .consistentRead(true)
                        .keyConditionExpression("#o = :o")
                        .expressionAttributeNames(Map.of("#o", DeviceKeys.OWNER))
                        .expressionAttributeValues(Map.of(":o", s(DeviceKeys.USER + user))))
                .items()
                .stream()
                .map(DeviceItem::from)
                .toList();
    }

    @Override
    public Page<String> inTopic(String topic, String since, int limit) {
        return pages.read(DeviceKeys.topic(topic), since, limit, item -> text(item, DeviceKeys.ITEM));
    }

    /** {@inheritDoc} Scans where devices are, since that place can be told from an id whose device is gone. */
    @Override
    public Page<Device> all(String since, int limit) {
        Map<String, AttributeValue> from = since.isEmpty() ? Map.of() : DeviceKeys.place(since);
        List<Device> found = new ArrayList<>();
        while (true) {
            Map<String, AttributeValue> start = from;
            ScanResponse answer = client.scan(scan -> scan.tableName(table)
                    .exclusiveStartKey(start.isEmpty() ? null : start)
                    .filterExpression("begins_with(#o, :device)")
                    .expressionAttributeNames(Map.of("#o", DeviceKeys.OWNER))
                    .expressionAttributeValues(Map.of(":device", s(DeviceKeys.DEVICE))));
            for (Map<String, AttributeValue> place : answer.items()) {
                if (found.size() == limit) {
                    return new Page<>(found, found.getLast().id());
                }
                at(place).ifPresent(found::add);
            }
            if (!answer.hasLastEvaluatedKey() || answer.lastEvaluatedKey().isEmpty()) {
                return new Page<>(found, "");
            }
            from = answer.lastEvaluatedKey();
        }
    }

    private Optional<Device> at(Map<String, AttributeValue> place) {
        String id = text(place, DeviceKeys.OWNER).substring(DeviceKeys.DEVICE.length());
        return Optional.of(read(DeviceKeys.device(text(place, "user"), id)))
                .filter(item -> !item.isEmpty())
                .map(DeviceItem::from);
    }

    @Override
    public boolean save(Optional<Device> before, Device device) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(place(before, device));
        writes.add(token(device));
        writes.add(put(DeviceItem.of(device)));
        before.ifPresent(old -> {
            if (!old.user().equals(device.user())) {
                writes.add(delete(DeviceKeys.device(old)));
            }
            if (old.provider() != device.provider() || !old.token().equals(device.token())) {
                writes.add(delete(DeviceKeys.token(old.provider(), old.token())));
            }
            without(old.topics(), device.topics())
                    .forEach(topic -> writes.add(delete(DeviceKeys.topic(topic, device.id()))));
        });
        without(device.topics(), before.map(Device::topics).orElse(Set.of()))
                .forEach(topic -> writes.add(put(DeviceKeys.topic(topic, device.id()))));
        return write(writes);
    }

    @Override
    public boolean remove(Device device) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(TransactWriteItem.builder()
                .delete(Delete.builder()
                        .tableName(table)
                        .key(DeviceKeys.place(device.id()))
                        .conditionExpression("#version = :version")
                        .expressionAttributeNames(Items.names("version"))
                        .expressionAttributeValues(Map.of(":version", n(device.version())))
                        .build())
                .build());
        writes.add(delete(DeviceKeys.device(device)));
        writes.add(delete(DeviceKeys.token(device.provider(), device.token())));
        device.topics().forEach(topic -> writes.add(delete(DeviceKeys.topic(topic, device.id()))));
        return write(writes);
    }

    private TransactWriteItem place(Optional<Device> before, Device device) {
        Map<String, AttributeValue> item = new HashMap<>(DeviceKeys.place(device.id()));
        item.put("user", s(device.user()));
        item.put("version", n(device.version()));
        Put.Builder put = Put.builder().tableName(table).item(item);
        before.ifPresentOrElse(
                old -> put.conditionExpression("#version = :version")
                        .expressionAttributeNames(Items.names("version"))
                        .expressionAttributeValues(Map.of(":version", n(old.version()))),
                () -> put.conditionExpression("attribute_not_exists(#owner)")
                        .expressionAttributeNames(Items.names(DeviceKeys.OWNER)));
        return TransactWriteItem.builder().put(put.build()).build();
    }

    private TransactWriteItem token(Device device) {
        Map<String, AttributeValue> item = new HashMap<>(DeviceKeys.token(device.provider(), device.token()));
        item.put("device", s(device.id()));
        return TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(table)
                        .item(item)
                        .conditionExpression("attribute_not_exists(#owner) OR #device = :id")
                        .expressionAttributeNames(Items.names(DeviceKeys.OWNER, "device"))
                        .expressionAttributeValues(Map.of(":id", s(device.id())))
                        .build())
                .build();
    }

    private boolean write(List<TransactWriteItem> writes) {
        try {
            Conflicts.retry(() -> client.transactWriteItems(transaction -> transaction.transactItems(writes)));
            return true;
        } catch (TransactionCanceledException e) {
            if (Conflicts.hasFailedCondition(e, 0) || Conflicts.hasFailedCondition(e, 1)) {
                return false;
            }
            throw e;
        }
    }

    private TransactWriteItem put(Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(Put.builder().tableName(table).item(item).build())
                .build();
    }

    private TransactWriteItem delete(Map<String, AttributeValue> key) {
        return TransactWriteItem.builder()
                .delete(Delete.builder().tableName(table).key(key).build())
                .build();
    }

    private Map<String, AttributeValue> read(Map<String, AttributeValue> key) {
        return client.getItem(get -> get.tableName(table).key(key).consistentRead(true))
                .item();
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest;
    }
}
