package io.carillon.config;

import java.util.List;
import java.util.stream.Stream;

/** Holds the section {@code http_api}: who may call the server API. */
public record HttpApiConfig(
        @Key(
                value = "Key that a backend sends as `X-API-Key`. While neither it nor `keys` is set, nobody may call.",
                secret = true)
        String key,

        @Key(
                value =
                        "Further keys that are as good, so that one can be replaced while it is still in use. Centrifugo has "
                                + "no such key.",
                secret = true)
        List<String> keys,

        @Key("Lets everybody call the server API. For development only.")
        boolean insecure) {

    /** Lists the keys that are accepted; none lets nobody in. */
    public List<String> accepted() {
        return Stream.concat(Stream.of(key), keys.stream())
                .filter(candidate -> !candidate.isEmpty())
                .toList();
    }

    @Override
    public String toString() {
        return "HttpApiConfig[key=" + Secrets.masked(key) + ", keys=" + keys.size() + ", insecure=" + insecure + "]";
    }
}
