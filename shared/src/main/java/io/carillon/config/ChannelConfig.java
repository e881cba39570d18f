package io.carillon.config;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Holds the section {@code channel}, as written. To find the options of a channel, ask {@link Channels}, which
 * applies the section's own defaults to them.
 */
public record ChannelConfig(
        ChannelProxyConfig proxy,
        ChannelOptions withoutNamespace,
        List<NamespaceConfig> namespaces,

        @Key(
                value = "How long a channel's epoch and offset are kept after its last publication.",
                initial = "720h",
                wholeSeconds = true)
        Duration historyMetaTtl,

        @Key("What a publication's data must be in namespaces that do not say: `\"\"` any JSON but nothing, `json`, "
                + "or `json_object`.")
        PublicationDataFormat publicationDataFormat,

        @Key(value = "The longest channel name, in bytes.", initial = "255", min = 1, max = 255)
        int maxLength,

        @Key(
                value = "What a channel name starts with that nobody may subscribe to without a token; "
                        + "empty means there are none.",
                initial = "$")
        String privatePrefix,

        @Key(value = "What ends the namespace in a channel name; empty means that no channel has one.", initial = ":")
        String namespaceBoundary,

        @Key(value = "What the allowed users come after in the name of a user-limited channel.", initial = "#")
        String userBoundary,

        @Key(value = "What separates the allowed users in the name of a user-limited channel.", initial = ",")
        String userSeparator) {

    /** Whether a namespace tells only users who are away, after a delay in which they may come back. */
    public boolean hasDelayedPush() {
        return allOptions()
                .map(ChannelOptions::carillon)
                .anyMatch(options -> options.push() == PushRule.OFFLINE
                        && !options.pushDelay().isZero());
    }

    /** Gives the options of channels without a namespace, then those of each namespace. */
    public Stream<ChannelOptions> allOptions() {
        return Stream.concat(Stream.of(withoutNamespace), namespaces.stream().map(NamespaceConfig::options));
    }
}
