package io.carillon.dynamodb;

import static io.carillon.dynamodb.Items.n;
import static io.carillon.dynamodb.Items.number;
import static io.carillon.dynamodb.Items.s;
import static io.carillon.dynamodb.Items.text;

import io.carillon.push.Device;
import io.carillon.push.Provider;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Turns a device into its row and back. */
final class DeviceItem {

    private DeviceItem() {}

    static Map<String, AttributeValue> of(Device device) {
        Map<String, AttributeValue> item = new HashMap<>(DeviceKeys.device(device));
        item.put("provider", s(device.provider().text()));
        item.put("token", s(device.token()));
        item.put("platform", s(device.platform()));
        item.put("locale", s(device.locale()));
        item.put("timezone", s(device.timezone()));
        item.put("endpoint", s(device.endpoint()));
        item.put("version", n(device.version()));
        item.put("updatedAt", n(device.updatedAt()));
        item.put("tags", texts(device.tags()));
        item.put("meta", texts(device.meta()));
        if (!device.topics().isEmpty()) {
            // DynamoDB has no empty sets.
            item.put(
                    "topics",
                    AttributeValue.fromSs(device.topics().stream().sorted().toList()));
        }
        return item;
    }

    static Device from(Map<String, AttributeValue> item) {
        AttributeValue topics = item.get("topics");
        return new Device(
                text(item, DeviceKeys.ITEM),
                text(item, DeviceKeys.OWNER).substring(DeviceKeys.USER.length()),
                Provider.valueOf(text(item, "provider").toUpperCase(Locale.ROOT)),
                text(item, "token"),
                text(item, "platform"),
                text(item, "locale"),
                text(item, "timezone"),
                topics == null ? Set.of() : new HashSet<>(topics.ss()),
                texts(item, "tags"),
                texts(item, "meta"),
                text(item, "endpoint"),
                number(item, "version"),
                number(item, "updatedAt"));
    }

    private static AttributeValue texts(Map<String, String> texts) {
        return AttributeValue.fromM(
                texts.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, one -> s(one.getValue()))));
    }

    private static Map<String, String> texts(Map<String, AttributeValue> item, String name) {
        return item.get(name).m().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().s()));
    }
}
