package io.carillon.config;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks the names in one list of namespaces. Not for use by several threads. */
final class NamespaceNames {

    /** Backends have such names too. */
    static final Pattern NAME = Pattern.compile("[-a-zA-Z0-9_.]{2,}");

    private final Set<String> seen = new HashSet<>();

    /** Says what is wrong with the next name; {@code path} is that of its namespace. */
    List<ConfigProblem> problems(String name, String path) {
        List<ConfigProblem> problems = new ArrayList<>();
        if (!NAME.matches(name)) {
            problems.add(new ConfigProblem(
                    path + ".name", "must be two or more of a-z A-Z 0-9 - _ . and is \"" + name + "\""));
        }
        if (!seen.add(name)) {
            problems.add(new ConfigProblem(path + ".name", "another namespace is named \"" + name + "\" already"));
        }
        return problems;
    }
}
