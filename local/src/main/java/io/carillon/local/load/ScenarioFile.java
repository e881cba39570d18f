package io.carillon.local.load;

import io.carillon.local.files.StrictYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads scenarios from YAML: the keys are those of {@link Setting}, and nothing else is taken. */
public final class ScenarioFile {

    /** The scenarios that come with Carillon. */
    public static final List<String> NAMES = List.of(
            "steady",
            "fan-out",
            "churn",
            "cuts",
            "storm",
            "growth",
            "without-history",
            "recovery",
            "slow-and-dead",
            "long-poll");

    private static final String FOLDER = "/io/carillon/local/scenarios/";

    private ScenarioFile() {}

    /**
     * Reads a scenario that comes with Carillon, or a file.
     *
     * @throws IllegalArgumentException if there is none, or one of its keys or values is wrong, with which
     */
    public static Scenario find(String nameOrFile) {
        if (NAMES.contains(nameOrFile)) {
            return parse(nameOrFile, shipped(nameOrFile));
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no scenario and no file '" + nameOrFile
                    + "'; the scenarios are " + String.join(", ", NAMES));
        }
        try {
            return parse(nameOrFile, Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: it must be a file in UTF-8", e);
        }
    }

    /** Says what a scenario that comes with Carillon is for: the comment that its file begins with. */
    public static String purpose(String name) {
        return shipped(name)
                .lines()
                .takeWhile(line -> line.startsWith("#"))
                .map(line -> line.substring(1).strip())
                .collect(Collectors.joining(" "));
    }

    private static String shipped(String name) {
        return StrictYaml.text(ScenarioFile.class, FOLDER + name + ".yaml");
    }

    static Scenario parse(String name, String text) {
        Object tree = StrictYaml.read(text, name, Object.class);
        try {
            if (!(tree instanceof Map<?, ?> keys)) {
                throw new IllegalArgumentException("it must have keys, such as clients: 10");
            }
            Scenario scenario = Scenario.DEFAULT;
            for (Map.Entry<?, ?> one : keys.entrySet()) {
                scenario = with(scenario, text, one);
            }
            return scenario;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " is wrong: " + e.getMessage(), e);
        }
    }

    private static Scenario with(Scenario scenario, String text, Map.Entry<?, ?> one) {
        String key = String.valueOf(one.getKey());
        try {
            return scenario.with(Setting.named(key), one.getValue() == null ? "" : one.getValue());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("line " + StrictYaml.line(text, key) + ": " + e.getMessage(), e);
        }
    }
}
