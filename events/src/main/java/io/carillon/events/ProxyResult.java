package io.carillon.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * What a backend gives to a client that it lets do something. Fields that only Centrifugo PRO reads are ignored; those
 * whose silent loss would break what the backend relies on make the result malformed: {@code version} and
 * {@code version_epoch} of a publication, and a {@code server_tags_filter}. The {@code push} of a publication is
 * Carillon's own.
 *
 * <p>Source: proxy.proto of Centrifugo v6.9. Times are in seconds since 1970; 0 means never.
 */
public final class ProxyResult {

    private ProxyResult() {}

    private static RawJson either(String encoded, RawJson plain) {
        return Base64Json.prefer(Absent.text(encoded), present(plain));
    }

    /** Many a language writes a null for what it does not give. */
    private static RawJson present(RawJson value) {
        return value == null || value.text().equals("null") ? RawJson.NONE : value;
    }

    /** Says who a client is, and what the server subscribes it to. */
    public record Connect(
            String user,
            @JsonProperty("expire_at") long expireAt,
            RawJson info,
            String b64info,
            RawJson data,
            String b64data,
            List<String> channels,
            Map<String, Subscription> subs,
            RawJson meta) {
        public Connect {
            user = Absent.text(user);
            info = either(b64info, info);
            data = either(b64data, data);
            channels = Absent.list(channels);
            subs = Absent.map(subs);
            meta = present(meta);
            b64info = "";
            b64data = "";
        }
    }

    /** What one subscription brings: the answer to a subscribe request, or what a connecting client gets besides. */
    public record Subscription(
            @JsonProperty("expire_at") long expireAt,
            RawJson info,
            String b64info,
            RawJson data,
            String b64data,
            SubscribeOverride override,
            @JsonProperty("server_tags_filter") RawJson serverTagsFilter) {

        /** Nothing beyond the subscription itself. */
        public static final Subscription PLAIN =
                new Subscription(0, RawJson.NONE, "", RawJson.NONE, "", SubscribeOverride.NONE, RawJson.NONE);

        public Subscription {
            info = either(b64info, info);
            data = either(b64data, data);
            override = override == null ? SubscribeOverride.NONE : override;
            serverTagsFilter = present(serverTagsFilter);
            b64info = "";
            b64data = "";
            if (serverTagsFilter.isPresent()) {
                throw new IllegalArgumentException("Carillon does not support server_tags_filter; leave it out");
            }
        }
    }

    /** Says whether a connection or a subscription may stay, and until when. */
    public record Refresh(
            boolean expired, @JsonProperty("expire_at") long expireAt, RawJson info, String b64info, RawJson meta) {
        public Refresh {
            info = either(b64info, info);
            meta = present(meta);
            b64info = "";
        }
    }

    /**
     * Says what is published.
     *
     * @param data in place of what the client sent; none to publish that
     * @param push what those who are away get, in the form that it has in the server API
     */
    public record Publish(
            RawJson data,
            String b64data,
            @JsonProperty("skip_history") boolean skipHistory,
            Map<String, String> tags,
            @JsonProperty("idempotency_key") String idempotencyKey,
            long version,
            @JsonProperty("version_epoch") String versionEpoch,
            PublicationPush push) {

        /** What the client sent, as it is. */
        public static final Publish AS_SENT =
                new Publish(RawJson.NONE, "", false, Map.of(), "", 0, "", PublicationPush.NONE);

        public Publish {
            data = either(b64data, data);
            tags = Absent.map(tags);
            idempotencyKey = Absent.text(idempotencyKey);
            versionEpoch = Absent.text(versionEpoch);
            b64data = "";
            if (version != 0 || !versionEpoch.isEmpty()) {
                throw new IllegalArgumentException(
                        "Carillon does not support version and version_epoch; leave them out");
            }
            push = push == null ? PublicationPush.NONE : push;
        }
    }

    /** What a method answers. */
    public record Rpc(RawJson data, String b64data) {
        public Rpc {
            data = either(b64data, data);
            b64data = "";
        }
    }
}
