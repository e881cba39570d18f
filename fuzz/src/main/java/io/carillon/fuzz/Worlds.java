package io.carillon.fuzz;

import io.carillon.testing.TestCarillon;
import java.util.Map;
import java.util.function.Function;

/**
 * Gives each input a Carillon to break: the same one for a while, since making one costs more than feeding it, and then
 * a new one, so that what has gathered in it is not taken for a leak.
 *
 * @param <T> what a target needs of it
 */
final class Worlds<T> {

    private static final int INPUTS_EACH = 500;

    private final Function<TestCarillon, T> prepare;
    private T current;
    private int used = INPUTS_EACH;

    Worlds(Function<TestCarillon, T> prepare) {
        this.prepare = prepare;
    }

    T next() {
        if (used == INPUTS_EACH) {
            used = 0;
            current = prepare.apply(TestCarillon.with(
                    "\"allow_anonymous_connect_without_token\":true", """
                    "without_namespace":{"history_size":10,"history_ttl":"1m","force_recovery":true,"presence":true,\
                    "join_leave":true,"force_push_join_leave":true,"allow_publish_for_client":true,\
                    "allow_subscribe_for_client":true,"allow_history_for_client":true,"allow_presence_for_client":true},\
                    "namespaces":[{"name":"cursors","allow_publish_for_client":true,"allow_subscribe_for_client":true}]""", Map.of("echo", (caller, data) -> data)));
        }
        used++;
        return current;
    }
}
