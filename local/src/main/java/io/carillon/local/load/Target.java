package io.carillon.local.load;

import io.carillon.config.Config;
import java.net.URI;

/**
 * Says what a load run is aimed at.
 *
 * @param server where the paths of Centrifugo begin, such as {@code http://localhost:8000}
 * @param config the configuration that runs there; gives the keys, and how far a recovery must reach
 * @param key API key of the server API
 */
public record Target(URI server, Config config, String key) {

    /** Checks that the address is one. */
    public Target {
        boolean web = "http".equals(server.getScheme()) || "https".equals(server.getScheme());
        if (!web || server.getRawAuthority() == null) {
            throw new IllegalArgumentException(server + " is not an address such as http://localhost:8000");
        }
    }

    URI webSocket() {
        String scheme = server.getScheme().equals("https") ? "wss" : "ws";
        return URI.create(scheme + "://" + server.getRawAuthority() + path() + "/connection/websocket");
    }

    URI api(String method) {
        return URI.create(server.getScheme() + "://" + server.getRawAuthority() + path() + "/api/" + method);
    }

    private String path() {
        String path = server.getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
