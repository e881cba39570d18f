package io.carillon.config;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the reference page of the configuration from the descriptions that the reader itself uses. */
final class ConfigReference {

    private static final String HEAD = """
            # Configuration

            One JSON or YAML file in the format of Centrifugo v6, with its names and defaults: a file that works there works
            here as far as the tables go. A key that is unknown, misspelt or unsupported, or whose value cannot be used, stops
            the start; the error names the key by its full path and says what to do. All problems are reported at once.

            Durations are written in Go's notation, such as `"300s"`, `"1h30m"` or `"100ms"`. Regular expressions have RE2's
            syntax and match anywhere in the text unless they begin with `^` and end with `$`.

            ```json
            {
              "client": {
                "token": {"hmac_secret_key": "<at least 32 random characters>"},
                "allowed_origins": ["https://app.example.com"]
              },
              "http_api": {"key": "<another secret>"},
              "channel": {
                "namespaces": [
                  {
                    "name": "chat",
                    "presence": true,
                    "history_size": 100,
                    "history_ttl": "300s",
                    "force_recovery": true,
                    "allow_subscribe_for_client": true
                  }
                ]
              }
            }
            ```

            <!-- Made from the code by ConfigReferenceTest; change the descriptions there, not here. -->
            """;

    private ConfigReference() {}

    static String page() {
        StringBuilder page = new StringBuilder(HEAD);
        section(page, "client", ClientConfig.class, "");
        section(
                page,
                "client.token",
                TokenConfig.class,
                "A token is accepted when one of these keys has signed it; which algorithms are allowed follows from the keys.");
        page.append("""

                ## `client.subscription_token`

                | key | type | default | |
                | --- | --- | --- | --- |
                """);
        row(page, Schema.keys(SubscriptionTokenConfig.class).getFirst());
        page.append("\nBeside it, the section has the same keys as `client.token`.\n");
        section(page, "client.subscribe_to_user_personal_channel", PersonalChannelConfig.class, "");
        section(page, "http_api", HttpApiConfig.class, "");
        section(page, "channel", ChannelConfig.class, "");
        section(
                page,
                "channel.without_namespace and channel.namespaces[]",
                ChannelOptions.class,
                "The options of the channels of one namespace. `without_namespace` holds those of channels whose name has no "
                        + "`:`; each entry of the list `namespaces` has a `name` beside them, two or more of "
                        + "`a-z A-Z 0-9 - _ .`, each only once.");
        section(page, "channel.namespaces[].carillon", NamespaceCarillon.class, "");
        proxies(page);
        section(page, "carillon", CarillonConfig.class, "What Centrifugo has no word for.");
        section(
                page,
                "carillon.proxy_circuit",
                CircuitConfig.class,
                "When a backend that fails is left alone. What it was to answer meanwhile gets what the proxy's `on_failure` "
                        + "says, as it does for each failure: error 100 by default.");
        unsupported(page);
        return page.toString();
    }

    private static void proxies(StringBuilder page) {
        section(
                page,
                "client.proxy.connect",
                SwitchedProxyConfig.class,
                "Backends of the application that answer for Carillon: see [the guide](../guides/proxies.md). "
                        + "`client.proxy.connect` says who clients without a token are; `client.proxy.refresh`, with the "
                        + "same keys, whether a connection that expires may stay. The sections "
                        + "`channel.proxy.subscribe`, `channel.proxy.publish`, `channel.proxy.sub_refresh` and "
                        + "`rpc.proxy` have the same keys but `enabled`, and so has each entry of the list `proxies`, "
                        + "beside a `name`: namespaces choose among them.");
        section(page, "client.proxy.connect.http", ProxyHttpConfig.class, "");
        section(
                page,
                "client.proxy.connect.http.status_to_code_transforms[]",
                StatusTransform.class,
                "What an HTTP status code other than 200 means for the client. Others are failures.");
        page.append("\nBeside it, `to_error`:\n\n| key | type | default | |\n| --- | --- | --- | --- |\n");
        Schema.keys(StatusTransform.ErrorTransform.class).forEach(key -> row(page, key));
        page.append("\nOr `to_disconnect`:\n\n| key | type | default | |\n| --- | --- | --- | --- |\n");
        Schema.keys(StatusTransform.DisconnectTransform.class).forEach(key -> row(page, key));
        section(
                page,
                "client.proxy.connect.on_failure",
                FailureConfig.class,
                "What becomes of a command whose backend fails or is left alone, unless a transform says it already: error 100, "
                        + "or what one of these says. `to_error` and `to_disconnect` have the keys above. Not for "
                        + "`client.proxy.refresh` and `channel.proxy.sub_refresh`, whose clients stay and are asked "
                        + "for again.");
        section(page, "rpc", RpcConfig.class, "");
        section(
                page,
                "rpc.without_namespace and rpc.namespaces[]",
                RpcOptions.class,
                "The options of the methods of one namespace. `without_namespace` holds those of methods whose name has no "
                        + "`:`; each entry of the list `namespaces` has a `name` beside them.");
    }

    private static void section(StringBuilder page, String title, Class<? extends Record> section, String text) {
        page.append("\n## ")
                .append(title.replaceAll("([a-z_.]+\\[\\]|[a-z]+[._][a-z_.]*|^[a-z]+$)", "`$1`"))
                .append("\n\n");
        if (!text.isEmpty()) {
            page.append(text).append("\n\n");
        }
        page.append("| key | type | default | |\n| --- | --- | --- | --- |\n");
        Schema.keys(section).stream()
                .filter(component -> !Schema.isSection(component) && !Schema.isSectionList(component))
                .forEach(component -> row(page, component));
    }

    private static void row(StringBuilder page, RecordComponent component) {
        Key key = component.getAnnotation(Key.class);
        page.append("| `%s` | %s | %s | %s |\n"
                .formatted(Schema.name(component), type(component, key), initial(component, key), key.value()));
    }

    private static String type(RecordComponent component, Key key) {
        Class<?> type = component.getType();
        if (type.isEnum()) {
            return Scalars.words(type).stream()
                    .map(word -> "`\"" + word + "\"`")
                    .collect(Collectors.joining(", "));
        }
        if (type == Duration.class) {
            return key.longest().isEmpty() ? "duration" : "duration, %s to %s".formatted(key.shortest(), key.longest());
        }
        if (type == int.class || type == long.class) {
            return key.max() >= Integer.MAX_VALUE
                    ? "number, %d or more".formatted(key.min())
                    : "number, %d to %d".formatted(key.min(), key.max());
        }
        return Map.of(
                        boolean.class,
                        "boolean",
                        String.class,
                        "string",
                        List.class,
                        "list of strings",
                        Map.class,
                        "object of strings")
                .get(type);
    }

    private static String initial(RecordComponent component, Key key) {
        Class<?> type = component.getType();
        if (type == Duration.class) {
            return "`\"" + (key.initial().isEmpty() ? "0s" : key.initial()) + "\"`";
        }
        Object initial = Scalars.initial(type, key);
        boolean quoted = type == String.class || type.isEnum();
        return "`" + (quoted ? "\"" + (type.isEnum() ? Scalars.words(type).getFirst() : initial) + "\"" : initial)
                + "`";
    }

    private static void unsupported(StringBuilder page) {
        page.append("""

                ## Keys of Centrifugo that Carillon does not have

                Options of a namespace stand here below `channel.without_namespace`, those of both kinds of token below
                `client.token`, and those of all proxies below `client.proxy.connect`. Each of these keys stops the start.

                | key | what to do |
                | --- | --- |
                """);
        Unsupported.all().forEach((key, advice) -> page.append("| `%s` | %s |\n".formatted(key, advice)));
    }
}
