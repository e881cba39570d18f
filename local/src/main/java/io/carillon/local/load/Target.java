package io.carillon.local.load;

import io.carillon.config.Config;
import io.carillon.events.Hidden;
import java.net.URI;

/**
 * Says what a load run is aimed at.
 *
 * @param webSocket where clients connect, such as {@code ws://localhost:8000/connection/websocket}
 * @param api what the names of the server API's methods are appended to, such as {@code http://localhost:8000/api}
 * @param config the configuration that runs there; says how far a recovery must reach
 * @param key API key of the server API
 * @param secret HMAC secret that the clients' tokens are signed with
 * @param users what the users' names begin with
 */
public record Target(URI webSocket, URI api, Config config, String key, String secret, String users) {

    /** Checks that the addresses are some. */
    public Target {
        require(webSocket, "ws", "wss", "ws://localhost:8000/connection/websocket");
        require(api, "http", "https", "http://localhost:8000/api");
    }

    @Override
    public String toString() {
        return "Target[webSocket=" + webSocket + ", api=" + api + ", key=" + Hidden.text(key) + ", secret="
                + Hidden.text(secret) + "]";
    }

    /**
     * A server that has the paths of Centrifugo, with the keys of its configuration.
     *
     * @param server where the paths begin, such as {@code http://localhost:8000}
     */
    public static Target at(URI server, Config config, String key) {
        require(server, "http", "https", "http://localhost:8000");
        String scheme = server.getScheme().equals("https") ? "wss" : "ws";
        String base = server.getRawAuthority() + path(server);
        return new Target(
                URI.create(scheme + "://" + base + "/connection/websocket"),
                URI.create(server.getScheme() + "://" + base + "/api"),
                config,
                key,
                config.client().token().hmacSecretKey(),
                "load-");
    }

    /** Replaces where clients connect; with API Gateway, the stage is the whole path. */
    public Target withWebSocket(URI other) {
        return new Target(other, api, config, key, secret, users);
    }

    /** Replaces where the server API is. */
    public Target withApi(URI other) {
        return new Target(webSocket, other, config, key, secret, users);
    }

    /** Replaces the secret of the tokens. */
    public Target withSecret(String other) {
        return new Target(webSocket, api, config, key, other, users);
    }

    /** Replaces what the users' names begin with. */
    public Target withUsers(String prefix) {
        return new Target(webSocket, api, config, key, secret, prefix);
    }

    private static void require(URI uri, String scheme, String secure, String example) {
        boolean known = scheme.equals(uri.getScheme()) || secure.equals(uri.getScheme());
        if (!known || uri.getRawAuthority() == null) {
            throw new IllegalArgumentException(uri + " is not an address such as " + example);
        }
    }

    /** Gives what the names of long-poll's requests are resolved against: it is a part of the same HTTP API. */
    URI longPoll() {
        return api.resolve("connection/long_poll/");
    }

    URI api(String method) {
        return URI.create(api.getScheme() + "://" + api.getRawAuthority() + path(api) + "/" + method);
    }

    private static String path(URI uri) {
        String path = uri.getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
