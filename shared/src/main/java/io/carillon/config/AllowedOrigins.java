package io.carillon.config;

import com.google.re2j.Pattern;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Decides which Origins may connect, by {@code client.allowed_origins}. In a pattern, {@code *} stands for any
 * characters; letter case does not matter.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class AllowedOrigins {

    private final List<Pattern> patterns;

    public AllowedOrigins(ClientConfig config) {
        patterns = config.allowedOrigins().stream().map(AllowedOrigins::pattern).toList();
    }

    /** Says whether a client may connect that sent this Origin; the empty one stands for a client that sent none. */
    public boolean permits(String origin) {
        return origin.isEmpty()
                || patterns.stream().anyMatch(pattern -> pattern.matches(origin.toLowerCase(Locale.ROOT)));
    }

    private static Pattern pattern(String glob) {
        String regex = Arrays.stream(glob.toLowerCase(Locale.ROOT).split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        return Pattern.compile(regex);
    }
}
