package io.carillon.local.load;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/**
 * Makes the data of publications: JSON with everything that a careless relay rewrites, such as number formats, escapes,
 * spacing, the order of keys and letters beyond ASCII. The same seed and number always give the same data.
 */
final class Payloads {

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_.:/";

    private Payloads() {}

    /** Makes the data of one publication, which has exactly so many bytes in UTF-8. */
    static String of(long seed, int number, int bytes) {
        StringBuilder data = new StringBuilder(bytes);
        data.append("{\"z\": 1.50e+01, \"n\":").append(number).append(",\"a\":\"\\u00e9\u00e9\\n\",\"t\":\"");
        String end = "\"}";
        int room = bytes - data.toString().getBytes(StandardCharsets.UTF_8).length - end.length();
        SplittableRandom random = new SplittableRandom(seed * 31 + number);
        for (int i = 0; i < room; i++) {
            data.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return data.append(end).toString();
    }

    /** Sums up data in a number that differs if a byte does. */
    static long digest(String data) {
        CRC32C sum = new CRC32C();
        byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
        sum.update(bytes);
        return (long) bytes.length << 32 | sum.getValue();
    }
}
