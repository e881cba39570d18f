package io.carillon.local.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds the page's own files, by their path. Only what is listed here can be asked for. */
final class Assets {

    private static final String FOLDER = "/io/carillon/local/pages/";

    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "svg", "image/svg+xml");

    private static final String INDEX = "index.html";

    private final Map<String, Asset> byPath;

    private Assets(Map<String, Asset> byPath) {
        this.byPath = byPath;
    }

    static Assets load() {
        return new Assets(Stream.of(
                        INDEX,
                        "favicon.svg",
                        "style/base.css",
                        "style/chat.css",
                        "style/console.css",
                        "app/main.js",
                        "app/dom.js",
                        "app/server.js",
                        "app/codes.js",
                        "app/network.js",
                        "app/sequence.js",
                        "app/recovery.js",
                        "app/member.js",
                        "app/pane.js",
                        "app/messages.js",
                        "app/presence.js",
                        "app/tabs.js",
                        "app/frames.js",
                        "app/faults.js",
                        "app/metrics.js",
                        "app/phone.js",
                        "app/publish.js",
                        "app/state.js",
                        "app/token.js")
                .collect(Collectors.toUnmodifiableMap(Function.identity(), Assets::read)));
    }

    /** Finds a file by the path of its URL, such as {@code /app/main.js}. */
    Optional<Asset> find(String path) {
        String name = path.equals("/") ? INDEX : path.substring(1);
        return Optional.ofNullable(byPath.get(name));
    }

    private static Asset read(String name) {
        try (InputStream resource = Assets.class.getResourceAsStream(FOLDER + name)) {
            if (resource == null) {
                throw new IllegalStateException("The page's file " + name + " is missing from the build");
            }
            return Asset.of(resource.readAllBytes(), CONTENT_TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
        } catch (IOException e) {
            throw new UncheckedIOException("The page's file " + name + " cannot be read", e);
        }
    }
}
