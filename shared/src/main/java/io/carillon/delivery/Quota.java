package io.carillon.delivery;

import java.time.Instant;

/**
 * Shares out the posts that the account may make per second among all who post, in the order in which they ask.
 *
 * <p>Safe for use by several threads and processes.
 */
public interface Quota {

    /**
     * Reserves posts that nobody else may make.
     *
     * @param posts how many, at least 1; worth some milliseconds of the quota, so that nobody waits long behind them
     * @return from when they may be made, all at once; the present or the past if nobody is ahead
     * @throws RuntimeException if the quota cannot be asked at the moment
     */
    Instant lease(int posts);
}
