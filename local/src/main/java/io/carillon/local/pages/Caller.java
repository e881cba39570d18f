package io.carillon.local.pages;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Tells the page served here, and programs such as curl, from pages of other sites, which must get no secrets.
 *
 * @see <a href="https://www.w3.org/TR/fetch-metadata/">Fetch Metadata Request Headers</a>
 */
final class Caller {

    private static final String FETCH_SITE = "Sec-Fetch-Site";

    private static final Pattern IP_ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");

    private Caller() {}

    /** Says why a request must not be answered; empty if it may. */
    static Optional<String> refusal(Request request) {
        if (!isLocalName(Request.getServerName(request))) {
            // A name of somebody else's may be pointed at this machine, and then looks like the same origin.
            return Optional.of("Secrets are given out only under localhost or an IP address: open the page there.");
        }
        String site = request.getHeaders().get(FETCH_SITE);
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        boolean foreign = site != null && !site.equals("same-origin") && !site.equals("none")
                || origin != null && !isOwn(origin, request);
        return foreign
                ? Optional.of("Secrets are given out only to the demo page itself, and this call is from another page."
                        + " Let your own backend sign tokens, or make one with ./carillon token.")
                : Optional.empty();
    }

    private static boolean isLocalName(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || IP_ADDRESS.matcher(name).matches();
    }

    private static boolean isOwn(String origin, Request request) {
        String host = request.getHeaders().get(HttpHeader.HOST);
        return origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
    }
}
