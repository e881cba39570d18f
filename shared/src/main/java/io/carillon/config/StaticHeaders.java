package io.carillon.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts values to the {@code static_headers} of proxies: a deployed configuration names the headers alone, with empty
 * values, and a secret holds the values by proxy: {@code {"client.proxy.connect": {"X-Api-Key": "…"}}}. An entry of the
 * list {@code proxies} is meant by its name, as in {@code proxies.chat-backend}.
 */
public final class StaticHeaders {

    /** The sections that are proxies. */
    static final List<String> SECTIONS = List.of(
            "client.proxy.connect",
            "client.proxy.refresh",
            "channel.proxy.subscribe",
            "channel.proxy.publish",
            "channel.proxy.sub_refresh",
            "rpc.proxy");

    private StaticHeaders() {}

    /** Says whether the path of a secret, as in {@code rpc.proxy.http.static_headers.X-Api-Key}, is that of a header. */
    public static boolean isOne(String path) {
        return path.contains(".http.static_headers");
    }

    /** Says whether a configuration names any header. */
    static boolean areNamedIn(JsonNode config) {
        return proxies(config).values().stream()
                .anyMatch(proxy -> !headers(proxy).isEmpty());
    }

    /** Gives a copy of a configuration with the values of a secret; what belongs to no proxy in it is left out. */
    static ObjectNode lay(JsonNode secret, ObjectNode config) {
        ObjectNode copy = config.deepCopy();
        Map<String, ObjectNode> proxies = proxies(copy);
        secret.properties().forEach(member -> {
            if (proxies.containsKey(member.getKey())) {
                lay(member.getValue(), proxies.get(member.getKey()).withObject("/http"), "static_headers");
            }
        });
        return copy;
    }

    private static void lay(JsonNode values, ObjectNode http, String key) {
        if (!values.isObject()) {
            // Refused when the configuration is read, in the same words as anywhere else.
            http.set(key, values);
            return;
        }
        ObjectNode headers = http.withObject("/" + key);
        values.properties().forEach(value -> {
            headers.remove(headers.properties().stream()
                    .map(Map.Entry::getKey)
                    .filter(value.getKey()::equalsIgnoreCase)
                    .toList());
            headers.set(value.getKey(), value.getValue());
        });
    }

    /** Lists what of a secret and a configuration does not fit together, without any value: nothing stops for it. */
    public static List<String> problems(JsonNode secret, ObjectNode config) {
        List<String> problems = new ArrayList<>();
        Map<String, ObjectNode> proxies = proxies(config);
        secret.fieldNames().forEachRemaining(name -> {
            if (!proxies.containsKey(name)) {
                problems.add("the secret has \"" + name + "\", and the configuration no proxy of that name: it has "
                        + String.join(", ", proxies.keySet()));
            }
        });
        proxies(lay(secret, config))
                .forEach((name, proxy) -> headers(proxy).properties().forEach(header -> {
                    if (header.getValue().asText().isEmpty()) {
                        problems.add("the secret has no value for the header " + header.getKey() + " of " + name
                                + ", which is not sent");
                    }
                }));
        return problems;
    }

    private static JsonNode headers(JsonNode proxy) {
        return proxy.path("http").path("static_headers");
    }

    /** Finds the proxies of a configuration by the names that they have in the secret. */
    private static Map<String, ObjectNode> proxies(JsonNode config) {
        Map<String, ObjectNode> proxies = new LinkedHashMap<>();
        for (String section : SECTIONS) {
            if (config.at("/" + section.replace('.', '/')) instanceof ObjectNode proxy) {
                proxies.put(section, proxy);
            }
        }
        for (JsonNode entry : config.path("proxies")) {
            if (entry instanceof ObjectNode proxy) {
                proxies.put("proxies." + proxy.path("name").asText(), proxy);
            }
        }
        return proxies;
    }
}
