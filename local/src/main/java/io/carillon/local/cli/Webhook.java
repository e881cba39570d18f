package io.carillon.local.cli;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A webhook of {@code --webhook}: an address here, or {@code URL=HERE} for one that stands in for a URL of the template.
 *
 * @param url what it stands in for
 * @param here where it is posted to
 */
record Webhook(Optional<String> url, URI here) {

    /** An address may have equals signs of its own; another address behind one is no part of it. */
    private static final Pattern IN_PLACE_OF = Pattern.compile("(https?://\\S+?)=(https?://\\S+)");

    /**
     * Reads an option's value.
     *
     * @throws Misconfigured if it is no address
     */
    static Webhook parse(String value) {
        Matcher two = IN_PLACE_OF.matcher(value);
        return two.matches()
                ? new Webhook(Optional.of(two.group(1)), address(two.group(2)))
                : new Webhook(Optional.empty(), address(value));
    }

    private static URI address(String value) {
        try {
            URI url = URI.create(value);
            if (url.getHost() != null && Set.of("http", "https").contains(url.getScheme())) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Said below, as for every other text that is no address.
        }
        throw new Misconfigured(
                "--webhook must be a URL such as http://localhost:9000/events, or, for one in the place of"
                        + " the template's, https://example.com/hooks=http://localhost:9000/events; it was " + value);
    }
}
