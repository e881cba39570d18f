package io.carillon.dynamodb;

import com.google.re2j.Pattern;

/**
 * Names epochs, and tells whose they are. With a mark, epochs begin with it and a dash, such as {@code eu1-x7PbOHkj}, and
 * only those may be continued; without one, all may.
 *
 * <p>A mark belongs to one Region at a time, and is given up for good when another Region has served its channels: so
 * no two Regions ever write to the same epoch, and none goes on with one that others have left behind.
 *
 * @param mark up to 16 small letters and digits; empty for none
 */
public record Epochs(String mark) {

    /** Every log may be continued. */
    public static final Epochs UNMARKED = new Epochs("");

    private static final String DASH = "-";
    private static final Pattern MARK = Pattern.compile("[a-z0-9]{1,16}");

    /** Whether a text can be a mark. */
    public static boolean isMark(String text) {
        return MARK.matches(text);
    }

    boolean areMarked() {
        return !mark.isEmpty();
    }

    /** What the epochs begin with that may be continued. */
    String prefix() {
        return mark + DASH;
    }

    /** Makes the name of a new epoch. */
    String fresh() {
        return areMarked() ? prefix() + ShortId.next() : ShortId.next();
    }

    /** Whether a log of this epoch may be continued. */
    boolean own(String epoch) {
        return !areMarked() || epoch.startsWith(prefix());
    }
}
