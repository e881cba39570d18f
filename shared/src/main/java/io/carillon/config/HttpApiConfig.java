package io.carillon.config;

/** Holds the section {@code http_api}: who may call the server API. */
public record HttpApiConfig(
        @Key(value = "Key that a backend sends as `X-API-Key`. While it is empty, nobody may call.", secret = true)
        String key,

        @Key("Lets everybody call the server API. For development only.")
        boolean insecure) {

    @Override
    public String toString() {
        return "HttpApiConfig[key=" + Secrets.masked(key) + ", insecure=" + insecure + "]";
    }
}
