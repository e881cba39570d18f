package io.carillon.local.aws.sns;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a request of AWS's query protocol, in which lists and maps are spread over numbered names, such as {@code
 * Attributes.entry.1.key}.
 */
final class QueryParameters {

    private final Map<String, String> values;

    private QueryParameters(Map<String, String> values) {
        this.values = values;
    }

    static QueryParameters parse(String form) {
        var values = new HashMap<String, String>();
        for (var pair : form.split("&")) {
            var equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return new QueryParameters(values);
    }

    /** Gives a parameter, or the empty string, which stands for an absent one throughout. */
    String optional(String name) {
        return values.getOrDefault(name, "");
    }

    String required(String name) {
        var value = optional(name);
        if (value.isEmpty()) {
            throw SnsException.invalidParameter(name + " must not be empty");
        }
        return value;
    }

    /** Gives the entries of a map parameter. */
    Map<String, String> entries(String name) {
        var entries = new LinkedHashMap<String, String>();
        for (var entry : list(name + ".entry")) {
            entries.put(entry.required("key"), entry.optional("value"));
        }
        return entries;
    }

    /** Gives the message attributes of one message. */
    Map<String, NotificationAttribute> messageAttributes() {
        var attributes = new LinkedHashMap<String, NotificationAttribute>();
        for (var entry : list("MessageAttributes.entry")) {
            var text = entry.optional("Value.StringValue");
            attributes.put(
                    entry.required("Name"),
                    new NotificationAttribute(
                            entry.optional("Value.DataType"),
                            text.isEmpty() ? entry.optional("Value.BinaryValue") : text));
        }
        return attributes;
    }

    /** Gives the elements of a list parameter, each with its names below {@code prefix.N.}. */
    List<QueryParameters> list(String prefix) {
        var elements = new ArrayList<QueryParameters>();
        for (var index = 1; ; index++) {
            var element = below(prefix + "." + index + ".");
            if (element.values.isEmpty()) {
                return elements;
            }
            elements.add(element);
        }
    }

    private QueryParameters below(String prefix) {
        var inner = new HashMap<String, String>();
        values.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                inner.put(name.substring(prefix.length()), value);
            }
        });
        return new QueryParameters(inner);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
