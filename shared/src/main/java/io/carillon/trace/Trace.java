package io.carillon.trace;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/**
 * Names what belongs together, in the two forms in which it is handed on: W3C's {@code traceparent} and AWS X-Ray's
 * header, whose ids are the same 128 bits in other words.
 *
 * <p>The current trace is known on the thread that {@link #call} runs on and on all that are started from it, and is
 * the field {@code trace} of what that thread logs.
 *
 * @param id 32 hexadecimal digits
 * @param parent the 16 hexadecimal digits of who caused this; 0 for nobody
 * @param isSampled whether X-Ray or the caller's tracing records it
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 * @see <a href="https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html">X-Ray's tracing header</a>
 */
public record Trace(String id, String parent, boolean isSampled) {

    /** Belongs to nothing. */
    public static final Trace NONE = new Trace("", "", false);

    private static final Pattern W3C =
            Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?");
    private static final Pattern ROOT = Pattern.compile("(?:^|;)\\s*Root=1-([0-9a-fA-F]{8})-([0-9a-fA-F]{24})");
    private static final Pattern PARENT = Pattern.compile("(?:^|;)\\s*Parent=([0-9a-fA-F]{16})");
    private static final Pattern SAMPLED = Pattern.compile("(?:^|;)\\s*Sampled=1");
    private static final String FIELD = "trace";
    private static final String NOBODY = "0".repeat(16);
    private static final int LONGEST = 512;
    private static final int EPOCH_DIGITS = 8;

    private static final InheritableThreadLocal<Trace> CURRENT = new InheritableThreadLocal<>();

    /** Reads a {@code traceparent}; empty if it is not one. */
    public static Optional<Trace> ofTraceparent(String header) {
        Matcher matcher = W3C.matcher(header.length() > LONGEST ? "" : header.strip());
        if (!matcher.matches() || matcher.group(1).matches("0+")) {
            return Optional.empty();
        }
        boolean isSampled = (Integer.parseInt(matcher.group(3), 16) & 1) == 1;
        return Optional.of(new Trace(matcher.group(1), matcher.group(2), isSampled));
    }

    /** Reads X-Ray's header, as in {@code Root=1-5759e988-bd862e3fe1be46a994272793;Parent=…;Sampled=1}. */
    public static Optional<Trace> ofXRay(String header) {
        String text = header.length() > LONGEST ? "" : header;
        Matcher root = ROOT.matcher(text);
        if (!root.find()) {
            return Optional.empty();
        }
        Matcher parent = PARENT.matcher(text);
        String id = (root.group(1) + root.group(2)).toLowerCase(Locale.ROOT);
        return Optional.of(new Trace(
                id,
                parent.find() ? parent.group(1).toLowerCase(Locale.ROOT) : NOBODY,
                SAMPLED.matcher(text).find()));
    }

    /** Begins a trace. X-Ray wants the time in its first digits. */
    public static Trace begin(long epochSecond) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        String id = hex.toHexDigits((int) epochSecond)
                + hex.toHexDigits(random.nextInt())
                + hex.toHexDigits(random.nextLong());
        return new Trace(id, NOBODY, false);
    }

    /** The trace that this thread works for; {@link #NONE} if none. */
    public static Trace current() {
        Trace current = CURRENT.get();
        return current == null ? NONE : current;
    }

    /** Whether it names anything. */
    public boolean isPresent() {
        return !id.isEmpty();
    }

    /** Words it as X-Ray's header, which is what SQS carries as {@code AWSTraceHeader}. */
    public String xRay() {
        return "Root=1-" + id.substring(0, EPOCH_DIGITS) + "-" + id.substring(EPOCH_DIGITS)
                + (parent.equals(NOBODY) ? "" : ";Parent=" + parent) + ";Sampled=" + (isSampled ? 1 : 0);
    }

    /** Runs something for this trace. */
    public <T> T call(Supplier<T> work) {
        Trace before = CURRENT.get();
        String field = MDC.get(FIELD);
        CURRENT.set(this);
        MDC.put(FIELD, id);
        try {
            return work.get();
        } finally {
            if (field == null) {
                MDC.remove(FIELD);
            } else {
                MDC.put(FIELD, field);
            }
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }
}
