package io.carillon.config;

import java.util.List;
import java.util.Optional;

/**
 * Holds a channel name that may be used, and the options of its namespace.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param name         the full name, as the client wrote it
 * @param namespace    the namespace's name; empty for channels without one
 * @param options      the namespace's options, with the defaults of the section {@code channel} applied
 * @param isPrivate    whether nobody may subscribe without a subscription token ({@code $} names)
 * @param allowedUsers the users that the name lists ({@code dialog#alice,bob}); empty when it lists none, or when the
 *                     namespace has no user-limited channels and {@code #} means nothing
 */
public record ResolvedChannel(
        String name, String namespace, ChannelOptions options, boolean isPrivate, Optional<List<String>> allowedUsers)
        implements Resolution {

    /** Says whether only the users that the name lists may subscribe without a token. */
    public boolean isUserLimited() {
        return allowedUsers.isPresent();
    }

    /** Says whether the name lists the user. An anonymous user has the empty id, which {@code dialog#} lists. */
    public boolean lists(String user) {
        return allowedUsers.map(users -> users.contains(user)).orElse(false);
    }
}
