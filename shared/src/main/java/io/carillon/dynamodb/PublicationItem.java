package io.carillon.dynamodb;

import static io.carillon.dynamodb.Items.bool;
import static io.carillon.dynamodb.Items.flag;
import static io.carillon.dynamodb.Items.n;
import static io.carillon.dynamodb.Items.number;
import static io.carillon.dynamodb.Items.s;
import static io.carillon.dynamodb.Items.text;

import io.carillon.channel.LogRecord;
import io.carillon.events.ClientInfo;
import io.carillon.events.Json;
import io.carillon.events.Publication;
import io.carillon.events.RawJson;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Maps what stands at an offset to its row. The payload is kept as the text its publisher wrote. */
final class PublicationItem {

    private PublicationItem() {}

    static Map<String, AttributeValue> of(String channel, String epoch, Publication publication, long expireAt) {
        Map<String, AttributeValue> item = new HashMap<>(Keys.publication(channel, epoch, publication.offset()));
        item.put("data", s(publication.data().text()));
        item.put("time", n(publication.time()));
        item.put(Tables.TTL, n(expireAt));
        if (!publication.info().equals(ClientInfo.NONE)) {
            item.put("info", s(Json.write(publication.info())));
        }
        if (!publication.tags().isEmpty()) {
            item.put(
                    "tags",
                    AttributeValue.fromM(publication.tags().entrySet().stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, tag -> s(tag.getValue())))));
        }
        return item;
    }

    static Map<String, AttributeValue> tombstone(String channel, String epoch, long offset, long expireAt) {
        Map<String, AttributeValue> item = new HashMap<>(Keys.publication(channel, epoch, offset));
        item.put("closed", bool(true));
        item.put(Tables.TTL, n(expireAt));
        return item;
    }

    static boolean isTombstone(Map<String, AttributeValue> item) {
        return flag(item, "closed");
    }

    static LogRecord from(Map<String, AttributeValue> item) {
        long offset = number(item, "offset");
        if (isTombstone(item)) {
            return new LogRecord.Tombstone(offset);
        }
        String info = text(item, "info");
        return new LogRecord.Entry(new Publication(
                offset,
                RawJson.of(text(item, "data")),
                info.isEmpty() ? ClientInfo.NONE : Json.read(info, ClientInfo.class),
                tags(item),
                number(item, "time")));
    }

    private static Map<String, String> tags(Map<String, AttributeValue> item) {
        AttributeValue tags = item.get("tags");
        return tags == null
                ? Map.of()
                : tags.m().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, tag -> tag.getValue().s()));
    }
}
