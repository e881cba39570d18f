package io.carillon.config;

import com.google.re2j.Pattern;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Matches whole texts against a pattern in which {@code *} stands for any characters, and everything else for itself.
 * Takes time in proportion to the text, whatever the pattern.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class Glob {

    private final Pattern pattern;

    private Glob(Pattern pattern) {
        this.pattern = pattern;
    }

    public static Glob of(String glob) {
        String regex = Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return new Glob(Pattern.compile(regex, Pattern.DOTALL));
    }

    public boolean matches(String text) {
        return pattern.matches(text);
    }
}
