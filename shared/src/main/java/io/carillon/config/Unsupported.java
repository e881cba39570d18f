package io.carillon.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** Knows the keys that Centrifugo v6 has and Carillon has not, and what to do instead of each. */
final class Unsupported {

    /** Options of a namespace are listed once, below this section. */
    private static final String OPTIONS = "channel.without_namespace.";

    /** Keys of a proxy are listed once, below client.proxy.connect. */
    private static final String PROXIES =
            "^(client\\.proxy\\.refresh|channel\\.proxy\\.(subscribe|publish|sub_refresh)|rpc\\.proxy|proxies\\[\\d+])\\.";

    private static final String RESOURCE = "unsupported-keys.properties";

    private Unsupported() {}

    static Optional<String> advice(String key) {
        String general = key.replaceFirst("^channel\\.namespaces\\[\\d+]\\.", OPTIONS)
                .replaceFirst("^client\\.subscription_token\\.", "client.token.")
                .replaceFirst(PROXIES, "client.proxy.connect.");
        return Optional.ofNullable(all().get(general));
    }

    static Map<String, String> all() {
        return Holder.ADVICE;
    }

    /** Reads the table only when it is asked for, which a good configuration never does. */
    private static final class Holder {

        private static final Map<String, String> ADVICE = load();

        private static Map<String, String> load() {
            try (InputStream in = Unsupported.class.getResourceAsStream(RESOURCE)) {
                Properties properties = new Properties();
                properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
                Map<String, String> advice = new TreeMap<>();
                properties.forEach((key, value) -> advice.put((String) key, (String) value));
                return advice;
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read " + RESOURCE + " from the jar", e);
            }
        }
    }
}
