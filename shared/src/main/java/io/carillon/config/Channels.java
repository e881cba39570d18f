package io.carillon.config;

import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Resolves channel names to the options of their namespaces, as Centrifugo v6 does: the private prefix is taken off,
 * what stands before the first namespace boundary is the namespace, and a name without a boundary belongs to
 * {@code channel.without_namespace}.
 *
 * <p>Immutable and safe for use by several threads; keep one for each configuration, since it holds the compiled
 * expressions.
 *
 * @see <a href="https://centrifugal.dev/docs/server/channels">Centrifugo: channels</a>
 */
public final class Channels {

    private final ChannelConfig config;
    private final String personalPrefix;
    private final Map<String, Namespace> namespaces = new HashMap<>();

    private record Namespace(ChannelOptions options, Optional<Pattern> regex) {

        static Namespace of(ChannelOptions options, ChannelConfig config) {
            Optional<Pattern> regex = Optional.of(options.channelRegex())
                    .filter(text -> !text.isEmpty())
                    .map(Pattern::compile);
            return new Namespace(options.within(config), regex);
        }
    }

    public Channels(Config config) {
        this.config = config.channel();
        namespaces.put("", Namespace.of(this.config.withoutNamespace(), this.config));
        for (NamespaceConfig namespace : this.config.namespaces()) {
            namespaces.put(namespace.name(), Namespace.of(namespace.options(), this.config));
        }
        String personal = config.client().subscribeToUserPersonalChannel().personalChannelNamespace();
        personalPrefix =
                (personal.isEmpty() ? "" : personal + this.config.namespaceBoundary()) + this.config.userBoundary();
    }

    /**
     * Finds the options of a channel, or says why the name cannot be used: 102 for an empty name or a namespace that
     * is not configured; 107 for a name that is too long, is not ASCII, or does not match the {@code channel_regex} of
     * its namespace. Where the namespace has a {@code channel_regex}, that alone decides about characters.
     */
    public Resolution resolve(String channel) {
        if (channel.isEmpty()) {
            return new RefusedChannel(RefusedChannel.UNKNOWN_CHANNEL, "the channel name is empty");
        }
        if (isTooLong(channel)) {
            return new RefusedChannel(
                    RefusedChannel.BAD_REQUEST, "the channel name is longer than " + config.maxLength() + " bytes");
        }
        boolean isPrivate = !config.privatePrefix().isEmpty() && channel.startsWith(config.privatePrefix());
        String name = isPrivate ? channel.substring(config.privatePrefix().length()) : channel;
        int boundary = config.namespaceBoundary().isEmpty() ? -1 : name.indexOf(config.namespaceBoundary());
        String namespaceName = boundary < 0 ? "" : name.substring(0, boundary);
        Namespace namespace = namespaces.get(namespaceName);
        if (namespace == null) {
            return new RefusedChannel(RefusedChannel.UNKNOWN_CHANNEL, "the channel's namespace is not configured");
        }
        // Without a namespace the expression sees the private prefix too, as in Centrifugo.
        String rest = boundary < 0
                ? channel
                : name.substring(boundary + config.namespaceBoundary().length());
        boolean wellFormed =
                namespace.regex().map(regex -> regex.matcher(rest).find()).orElseGet(() -> isAscii(channel));
        if (!wellFormed) {
            return new RefusedChannel(
                    RefusedChannel.BAD_REQUEST, "the channel name holds characters that its namespace does not allow");
        }
        boolean isUserLimited = namespace.options().allowUserLimitedChannels()
                && !config.userBoundary().isEmpty()
                && channel.contains(config.userBoundary());
        return new ResolvedChannel(
                channel,
                namespaceName,
                namespace.options(),
                isPrivate,
                isUserLimited,
                isUserLimited ? users(channel) : List.of());
    }

    /** Names the channel of a user's own that {@code client.subscribe_to_user_personal_channel} stands for. */
    public String personalChannel(String user) {
        return personalPrefix + user;
    }

    private List<String> users(String channel) {
        String boundary = config.userBoundary();
        String users = channel.substring(channel.lastIndexOf(boundary) + boundary.length());
        return config.userSeparator().isEmpty()
                ? List.of(users)
                : List.of(users.split(java.util.regex.Pattern.quote(config.userSeparator()), -1));
    }

    private boolean isTooLong(String channel) {
        return channel.length() > config.maxLength()
                || channel.getBytes(StandardCharsets.UTF_8).length > config.maxLength();
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }
}
