package io.carillon.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What is asked of an application's own backend: whether a client may do something, and what it gets for it. The JSON is
 * that of Centrifugo's HTTP proxies, so that a backend written for those answers these.
 *
 * <p>Source: proxy.proto of Centrifugo v6.9. {@code transport} is always {@code websocket}, {@code protocol} and
 * {@code encoding} are always {@code json}. The user is always written, the empty one of an anonymous client too.
 */
public sealed interface ProxyRequest {

    /** The transport that every request names. */
    String WEBSOCKET = "websocket";

    /** The protocol and the encoding that every request names. */
    String JSON = "json";

    /** Says what is asked, in the word that the configuration has for it. */
    default String kind() {
        return switch (this) {
            case Connect request -> "connect";
            case Refresh request -> "refresh";
            case Subscribe request -> "subscribe";
            case Publish request -> "publish";
            case SubRefresh request -> "sub_refresh";
            case Rpc request -> "rpc";
        };
    }

    /**
     * Asks who a client without a token is.
     *
     * @param channels what a returning client was subscribed to by the server
     */
    record Connect(
            String client,
            String transport,
            String protocol,
            String encoding,
            RawJson data,
            String name,
            String version,
            List<String> channels)
            implements ProxyRequest {

        /** A request with the constant fields filled in. */
        public static Connect of(String client, Request.Connect request) {
            return new Connect(
                    client,
                    WEBSOCKET,
                    JSON,
                    JSON,
                    request.data(),
                    request.name(),
                    request.version(),
                    List.copyOf(request.subs().keySet()));
        }
    }

    /** Asks whether a connection that expires may stay. */
    record Refresh(
            String client,
            String transport,
            String protocol,
            String encoding,
            @JsonInclude(JsonInclude.Include.ALWAYS) String user,
            RawJson meta)
            implements ProxyRequest {

        /** A request with the constant fields filled in. */
        public static Refresh of(String client, String user, RawJson meta) {
            return new Refresh(client, WEBSOCKET, JSON, JSON, user, meta);
        }
    }

    /** Asks whether a client may subscribe. */
    record Subscribe(
            String client,
            String transport,
            String protocol,
            String encoding,
            @JsonInclude(JsonInclude.Include.ALWAYS) String user,
            String channel,
            RawJson meta,
            RawJson data)
            implements ProxyRequest {

        /** A request with the constant fields filled in. */
        public static Subscribe of(String client, String user, String channel, RawJson meta, RawJson data) {
            return new Subscribe(client, WEBSOCKET, JSON, JSON, user, channel, meta, data);
        }
    }

    /** Asks whether a client may publish, and what. */
    record Publish(
            String client,
            String transport,
            String protocol,
            String encoding,
            @JsonInclude(JsonInclude.Include.ALWAYS) String user,
            String channel,
            RawJson data,
            RawJson meta)
            implements ProxyRequest {

        /** A request with the constant fields filled in. */
        public static Publish of(String client, String user, String channel, RawJson data, RawJson meta) {
            return new Publish(client, WEBSOCKET, JSON, JSON, user, channel, data, meta);
        }
    }

    /** Asks whether a subscription that expires may stay. */
    record SubRefresh(
            String client,
            String transport,
            String protocol,
            String encoding,
            @JsonInclude(JsonInclude.Include.ALWAYS) String user,
            String channel,
            RawJson meta)
            implements ProxyRequest {

        /** A request with the constant fields filled in. */
        public static SubRefresh of(String client, String user, String channel, RawJson meta) {
            return new SubRefresh(client, WEBSOCKET, JSON, JSON, user, channel, meta);
        }
    }

    /** Calls a method of the application. */
    record Rpc(
            String client,
            String transport,
            String protocol,
            String encoding,
            @JsonInclude(JsonInclude.Include.ALWAYS) String user,
            String method,
            RawJson data,
            RawJson meta)
            implements ProxyRequest {

        /** A request with the constant fields filled in. */
        public static Rpc of(String client, String user, String method, RawJson data, RawJson meta) {
            return new Rpc(client, WEBSOCKET, JSON, JSON, user, method, data, meta);
        }
    }
}
