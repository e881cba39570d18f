package io.carillon.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Says who stands behind a publication or a subscription. {@code user} and {@code client} are always written, even
 * when empty, as the Centrifugo protocol does.
 *
 * @param user the token's {@code sub}; empty for an anonymous user
 * @param client the id of the connection that the client library was told
 * @param connInfo the connection token's {@code info}
 * @param chanInfo the subscription token's {@code info}
 */
public record ClientInfo(
        @JsonInclude(JsonInclude.Include.ALWAYS) String user,
        @JsonInclude(JsonInclude.Include.ALWAYS) String client,
        @JsonProperty("conn_info") RawJson connInfo,
        @JsonProperty("chan_info") RawJson chanInfo) {

    /** Stands for nobody: what a backend publishes carries no info. */
    public static final ClientInfo NONE = new ClientInfo("", "", RawJson.NONE, RawJson.NONE);

    public ClientInfo {
        user = Absent.text(user);
        client = Absent.text(client);
        connInfo = Absent.json(connInfo);
        chanInfo = Absent.json(chanInfo);
    }

    /** Tells Jackson to leave out {@link #NONE}. */
    static final class Nobody {

        @Override
        public boolean equals(Object other) {
            return other == null || NONE.equals(other);
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }
}
