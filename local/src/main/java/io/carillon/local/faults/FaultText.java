package io.carillon.local.faults;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A fault as somebody wrote it: {@code NAME setting=value ...}. Reads its values, and refuses those that make no sense.
 */
record FaultText(String text, FaultKind kind, Map<String, String> settings) {

    static FaultText parse(String text) {
        String[] words = text.strip().split("\\s+");
        FaultKind kind = FaultKind.of(words[0]);
        Map<String, String> settings = new LinkedHashMap<>();
        for (String word : List.of(words).subList(1, words.length)) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new BadFault(
                        "In the fault '" + text.strip() + "', '" + word + "' is no setting: write name=value");
            }
            String name = word.substring(0, equals);
            kind.requireKnown(name);
            if (settings.put(name, word.substring(equals + 1)) != null) {
                throw new BadFault("The fault '" + text.strip() + "' sets " + name + " twice");
            }
        }
        return new FaultText(text.strip(), kind, settings);
    }

    String word(String setting, String otherwise) {
        return settings.getOrDefault(setting, otherwise);
    }

    /** One of a few words. */
    String word(String setting, String otherwise, List<String> allowed) {
        String value = word(setting, otherwise);
        if (!allowed.contains(value)) {
            throw wrong(setting, "one of " + String.join(", ", allowed));
        }
        return value;
    }

    Duration duration(String setting, Duration otherwise) {
        String value = settings.get(setting);
        if (value == null) {
            return otherwise;
        }
        try {
            String iso = value.endsWith("ms")
                    ? "PT" + Double.parseDouble(value.substring(0, value.length() - 2)) / 1_000 + "S"
                    : "PT" + value.toUpperCase(Locale.ROOT);
            Duration duration = Duration.parse(iso);
            if (duration.isNegative() || duration.toDays() > 365) {
                throw wrong(setting, "a time of at most a year, such as 200ms, 30s or 2h");
            }
            return duration;
        } catch (DateTimeParseException | NumberFormatException e) {
            throw wrong(setting, "a time such as 200ms, 30s or 2h");
        }
    }

    double share(String setting, double otherwise) {
        return number(setting, otherwise, 1, "a number from 0 to 1");
    }

    long count(String setting, long otherwise) {
        double number = number(setting, otherwise, Long.MAX_VALUE, "a whole number from 1 on");
        if (number < 1 || number != Math.rint(number)) {
            throw wrong(setting, "a whole number from 1 on");
        }
        return (long) number;
    }

    private double number(String setting, double otherwise, double most, String allowed) {
        String value = settings.get(setting);
        if (value == null) {
            return otherwise;
        }
        try {
            double number = Double.parseDouble(value);
            if (!(number >= 0 && number <= most)) {
                throw wrong(setting, allowed);
            }
            return number;
        } catch (NumberFormatException e) {
            throw wrong(setting, allowed);
        }
    }

    private BadFault wrong(String setting, String allowed) {
        return new BadFault("In the fault " + kind.label() + ", " + setting + "=" + settings.get(setting)
                + " makes no sense: it must be " + allowed);
    }
}
