package io.carillon.events;

/**
 * Names a place in a channel's log.
 *
 * @param epoch  identity of the log; a new epoch means a new log whose offsets say nothing about the old one
 * @param offset count of publications so far in this epoch; 0 before the first
 */
public record Position(String epoch, long offset) {}
