package io.carillon.local.pages;

import io.carillon.Version;
import io.carillon.config.ChannelOptions;
import io.carillon.config.Config;
import io.carillon.events.Hidden;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells the page what it cannot know.
 *
 * @param version       Carillon's
 * @param apiKey        key of the server API; empty if there is none
 * @param apiOpen       whether the server API answers without a key
 * @param tokens        whether tokens can be had at {@code /dev/token}
 * @param channel       channel to show if the URL names none
 * @param privatePrefix what names of channels begin with that need a token; empty if there are none
 * @param boundary      what ends the namespace in the name of a channel; empty if there are no namespaces
 * @param namespaces    what can be done in the channels of each; the one with the empty name is for channels without
 */
record DevConfig(
        String version,
        String apiKey,
        boolean apiOpen,
        boolean tokens,
        String channel,
        String privatePrefix,
        String boundary,
        List<Namespace> namespaces) {

    private static final String FAVOURITE = "chat";

    /** Says what the channels of a namespace offer. */
    record Namespace(
            String name, boolean history, boolean recovery, boolean presence, boolean joinLeave, boolean subscribe) {

        static Namespace of(String name, ChannelOptions options) {
            return new Namespace(
                    name,
                    options.hasHistory(),
                    options.forceRecovery(),
                    options.presence(),
                    options.joinLeave(),
                    options.allowSubscribeForClient());
        }
    }

    static DevConfig of(Config config) {
        List<Namespace> namespaces = Stream.concat(
                        Stream.of(Namespace.of("", config.channel().withoutNamespace())),
                        config.channel().namespaces().stream()
                                .map(namespace -> Namespace.of(namespace.name(), namespace.options())))
                .toList();
        String boundary = config.channel().namespaceBoundary();
        return new DevConfig(
                Version.NUMBER,
                config.httpApi().key(),
                config.httpApi().insecure(),
                !config.client().token().hmacSecretKey().isEmpty(),
                channel(namespaces, boundary),
                config.channel().privatePrefix(),
                boundary,
                namespaces);
    }

    /** Prefers the namespace {@code chat}, then any that users may subscribe to. */
    private static String channel(List<Namespace> namespaces, String boundary) {
        String name = namespaces.stream()
                .map(Namespace::name)
                .filter(FAVOURITE::equals)
                .findFirst()
                .or(() -> namespaces.stream()
                        .filter(Namespace::subscribe)
                        .map(Namespace::name)
                        .findFirst())
                .orElse("");
        return (name.isEmpty() ? "" : name + boundary) + "demo";
    }

    @Override
    public String toString() {
        return "DevConfig[version=" + version + ", apiKey=" + Hidden.text(apiKey) + "]";
    }

    Answer answer() {
        return Answer.json(this);
    }
}
