package io.carillon.delivery;

import io.carillon.events.Push;

/** Tells all shards of a channel that somebody came or went. */
interface Announcer {

    /**
     * Announces once.
     *
     * @param row of whom; its connection and revision make a repeat of the same announcement vanish
     */
    void announce(Push push, Subscriber row);
}
