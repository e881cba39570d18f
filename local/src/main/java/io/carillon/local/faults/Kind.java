package io.carillon.local.faults;

import static io.carillon.local.faults.Key.AFTER;
import static io.carillon.local.faults.Key.AGENT;
import static io.carillon.local.faults.Key.AT;
import static io.carillon.local.faults.Key.AT_STEP;
import static io.carillon.local.faults.Key.BY;
import static io.carillon.local.faults.Key.CALLER;
import static io.carillon.local.faults.Key.CONNECTION;
import static io.carillon.local.faults.Key.CONNECTIONS;
import static io.carillon.local.faults.Key.COUNT;
import static io.carillon.local.faults.Key.DELAY;
import static io.carillon.local.faults.Key.EVERY;
import static io.carillon.local.faults.Key.FOR;
import static io.carillon.local.faults.Key.FROM;
import static io.carillon.local.faults.Key.FUNCTION;
import static io.carillon.local.faults.Key.HTTP_FUNCTION;
import static io.carillon.local.faults.Key.HTTP_STATUS;
import static io.carillon.local.faults.Key.JUMP;
import static io.carillon.local.faults.Key.MAX;
import static io.carillon.local.faults.Key.PERIOD;
import static io.carillon.local.faults.Key.PROBABILITY;
import static io.carillon.local.faults.Key.SERVICE;
import static io.carillon.local.faults.Key.STATUS;
import static io.carillon.local.faults.Key.TABLE;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What can go wrong: the catalogue. */
enum Kind {
    KILL("ends an invocation at a step; nothing after it happens", List.of(AT_STEP), List.of(FUNCTION)),
    TIMEOUT(
            "stops an invocation at a step, and ends it after a while (3s)",
            List.of(),
            List.of(FUNCTION, AT_STEP, AFTER)),
    DUPLICATE_BATCH("delivers an SQS batch twice, one after the other", List.of(), List.of()),
    OVERLAP("delivers an SQS batch a second time while the first still runs", List.of(), List.of()),
    DELAY_FRAMES(
            "holds each frame back for up to max, which changes their order", List.of(MAX), List.of(CONNECTION, AGENT)),
    DROP_DISCONNECT("never tells of a connection's end", List.of(), List.of()),
    DELAY_DISCONNECT("tells of a connection's end later", List.of(BY), List.of()),
    GONE("answers 410 for a connection that lives", List.of(), List.of(CONNECTION, AGENT)),
    CALLBACK_ERROR("fails calls to @connections", List.of(STATUS), List.of(CONNECTION, AGENT)),
    HTTP_ERROR(
            "answers requests of the HTTP API with an error, and calls no function",
            List.of(HTTP_STATUS),
            List.of(HTTP_FUNCTION)),
    STOP_READING("stops draining to some clients, as if they did not read", List.of(CONNECTIONS, FOR), List.of(AGENT)),
    THROTTLE("refuses calls for their rate, after the SDK's own retries", List.of(SERVICE), List.of(CALLER, TABLE)),
    FAIL("fails calls with a server error before they are made", List.of(SERVICE), List.of(CALLER, TABLE)),
    LOSE_ANSWER("makes calls, and loses their answer", List.of(SERVICE), List.of(CALLER, TABLE)),
    DEAD_TOKEN("disables the endpoint of a device when a notification is sent to it", List.of(), List.of()),
    COLD_START("delays the start of an invocation", List.of(DELAY), List.of(FUNCTION)),
    CUT_ALL("cuts all connections at once, now and then", List.of(PERIOD), List.of()),
    CUT("cuts each connection with a probability, now and then", List.of(PERIOD, PROBABILITY), List.of()),
    CLOCK("makes the clock jump forward once", List.of(JUMP), List.of(AT));

    private final String help;
    private final List<Key> required;
    private final List<Key> optional;

    Kind(String help, List<Key> required, List<Key> optional) {
        this.help = help;
        this.required = required;
        this.optional = optional;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String help() {
        return help;
    }

    List<Key> required() {
        return required;
    }

    /** All keys it takes, the common ones included. */
    List<Key> keys() {
        List<Key> common = switch (this) {
            case CLOCK -> List.of();
            case STOP_READING -> List.of(FROM);
            case CUT_ALL, CUT -> List.of(FROM, FOR, COUNT);
            default -> List.of(EVERY, PROBABILITY, COUNT, FROM, FOR);
        };
        return Stream.of(required, optional, common).flatMap(List::stream).toList();
    }

    static Optional<Kind> find(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
    }
}
