package io.carillon.local.faults;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ways in which a local runtime can misbehave, with the settings of each. */
public enum FaultKind {
    KILL("ends an invocation at a step; nothing after it happens", "function", "at"),
    TIMEOUT("ends an invocation after a time, wherever it is", "function", "after"),
    COLD_START("holds an invocation back as a new environment does", "function", "delay"),
    DUPLICATE_BATCH("delivers a batch of the mailbox queue a second time"),
    OVERLAP("delivers a batch a second time while the first still runs, as when its visibility timeout has passed"),
    DELAY_FRAMES("holds frames of clients back, each for another time, so that they change places", "max"),
    DROP_DISCONNECT("lets no $disconnect come"),
    DELAY_DISCONNECT("lets $disconnect come late", "by"),
    GONE("answers 410 to a post for a connection that lives", "connection", "share"),
    CALLBACK_ERROR("refuses @connections requests", "status", "connection", "share"),
    STOP_READING(
            "fills the buffers of clients, as if they no longer read: posts to them get 429", "connection", "share"),
    THROTTLE("throttles a call, once the SDK has given up to retry it", "service"),
    FAIL("fails a call with a server error", "service"),
    LOSE_ANSWER("makes a call, and loses its answer", "service"),
    CUT("cuts connections chosen by chance, with no close frame", "connections"),
    CUT_ALL("cuts all connections at once"),
    CLOCK("lets the clock jump", "jump");

    /** Settings that every fault takes. */
    static final List<String> COMMON = List.of("probability", "every", "count", "from", "for");

    private final String meaning;
    private final List<String> settings;

    FaultKind(String meaning, String... settings) {
        this.meaning = meaning;
        this.settings = List.of(settings);
    }

    /** The name as it is written, such as {@code cut-all}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it does. */
    public String meaning() {
        return meaning;
    }

    /** The settings it takes beside those that all take. */
    public List<String> settings() {
        return settings;
    }

    /** Whether it strikes by the clock, and not when something happens. */
    boolean isTimed() {
        return this == CUT || this == CUT_ALL || this == CLOCK;
    }

    static FaultKind of(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new BadFault("There is no fault '" + label + "'; there are "
                        + Arrays.stream(values()).map(FaultKind::label).collect(Collectors.joining(", "))));
    }

    void requireKnown(String setting) {
        if (!settings.contains(setting) && !COMMON.contains(setting)) {
            throw new BadFault("The fault " + label() + " has no setting '" + setting + "'; it has "
                    + Stream.concat(settings.stream(), COMMON.stream()).collect(Collectors.joining(", ")));
        }
    }
}
