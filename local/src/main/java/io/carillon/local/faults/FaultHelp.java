package io.carillon.local.faults;

import java.util.Arrays;
import java.util.List;

/**
 * Describes one fault of the catalogue.
 *
 * @param keys each with what its values look like; those that must be there first
 */
public record FaultHelp(String name, String help, List<String> keys) {

    /** Describes all faults there are. */
    public static List<FaultHelp> all() {
        return Arrays.stream(Kind.values())
                .map(kind -> new FaultHelp(
                        kind.text(),
                        kind.help(),
                        kind.keys().stream()
                                .map(key -> key.text() + "=, " + key.allowed()
                                        + (kind.required().contains(key) ? " (required)" : ""))
                                .toList()))
                .toList();
    }
}
