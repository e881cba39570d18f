package io.carillon.local.gateway;

import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Makes ids of the form API Gateway gives: 11 bytes in base64 with the URL-safe alphabet and its padding, such as
 * {@code L0SM9cOFvHcCIhw=}. They name things and grant nothing, so an ordinary generator is enough.
 */
final class GatewayIds {

    private static final int BYTES = 11;
    private static final Pattern PADDED_BASE64 = Pattern.compile("(?:[A-Za-z0-9+/_-]{4})*[A-Za-z0-9+/_-]{2,3}={1,2}");

    private GatewayIds() {}

    static String next() {
        byte[] bytes = new byte[BYTES];
        ThreadLocalRandom.current().nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    /** Makes a value for the {@code X-Amzn-Trace-Id} header: version, seconds since 1970, and 96 random bits, in hex. */
    static String traceId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "Root=1-%08x-%08x%016x"
                .formatted(System.currentTimeMillis() / 1_000, random.nextInt(), random.nextLong());
    }

    /** Says whether a text could be a connection id; API Gateway refuses others with 400 instead of 410. */
    static boolean wellFormed(String id) {
        return id.length() % 4 == 0 && PADDED_BASE64.matcher(id).matches();
    }
}
