package io.carillon.config;

import java.util.List;
import java.util.stream.Collectors;

/** Says that a configuration cannot be used, and lists every problem in it. Its message is fit for a terminal. */
public final class InvalidConfig extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<ConfigProblem> problems;

    InvalidConfig(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Gives every problem, in the order of the file where it has one. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
