package io.carillon.events;

/**
 * One command of a client.
 *
 * @param id names the reply; counts up in every client library, so it also orders the commands of one connection.
 *     0 where no reply is wanted ({@code send}, and the pong {@code {}})
 * @param request what is asked for
 */
public record Command(long id, Request request) {}
