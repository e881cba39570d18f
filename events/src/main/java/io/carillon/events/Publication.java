package io.carillon.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Map;

/**
 * One message in a channel.
 *
 * @param offset its place in the channel's log; 0 in channels without history
 * @param data the payload, as its publisher wrote it
 * @param info who published it; {@link ClientInfo#NONE} when a backend did
 * @param tags labels set by the backend
 * @param time when it was published, in milliseconds since 1970
 */
@JsonPropertyOrder({"data", "info", "offset", "tags", "time"})
public record Publication(
        long offset,
        RawJson data,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = ClientInfo.Nobody.class)
        ClientInfo info,

        Map<String, String> tags,
        long time) {

    public Publication {
        data = Absent.json(data);
        info = info == null ? ClientInfo.NONE : info;
        tags = Absent.map(tags);
    }

    /** Gives the same publication its place in the log. */
    public Publication at(long newOffset) {
        return new Publication(newOffset, data, info, tags, time);
    }
}
