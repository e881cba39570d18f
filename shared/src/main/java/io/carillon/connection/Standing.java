package io.carillon.connection;

/** Says whether somebody may connect whose token is genuine. */
public enum Standing {
    GOOD,

    /** The user is blocked. */
    BLOCKED,

    /** The token is revoked, or was issued before the user's tokens were invalidated. */
    REVOKED
}
