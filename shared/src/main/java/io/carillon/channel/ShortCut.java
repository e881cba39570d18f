package io.carillon.channel;

import io.carillon.events.Publication;

/**
 * Takes a publication of a channel without history to its subscribers at once, past the mailboxes: such a channel
 * promises neither order nor that everything arrives, and a queue costs more than the one or two posts it is for.
 *
 * <p>Safe for use by several threads.
 */
@FunctionalInterface
public interface ShortCut {

    /** Sends everything through the mailboxes. */
    ShortCut NONE = (channel, publication) -> false;

    /**
     * Delivers, at most once to each, to those who are subscribed.
     *
     * @return false if the channel is too large, and nothing was delivered
     */
    boolean deliver(String channel, Publication publication);
}
