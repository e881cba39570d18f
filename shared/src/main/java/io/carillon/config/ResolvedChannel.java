package io.carillon.config;

import java.util.List;

/**
 * Holds a channel name that may be used, and the options of its namespace.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param name          the full name, as the client wrote it
 * @param namespace     the namespace's name; empty for channels without one
 * @param options       the namespace's options, with the defaults of the section {@code channel} applied
 * @param isPrivate     whether nobody may subscribe without a subscription token ({@code $} names)
 * @param isUserLimited whether only the users in the name may subscribe without a token ({@code dialog#alice,bob});
 *                      never where the namespace has no {@code allow_user_limited_channels}, and {@code #} means
 *                      nothing
 * @param users         the users that the name of a user-limited channel lists
 */
public record ResolvedChannel(
        String name,
        String namespace,
        ChannelOptions options,
        boolean isPrivate,
        boolean isUserLimited,
        List<String> users)
        implements Resolution {

    /** Says whether the channel is user-limited and lists the user; an anonymous one has the empty id. */
    public boolean lists(String user) {
        return isUserLimited && users.contains(user);
    }
}
