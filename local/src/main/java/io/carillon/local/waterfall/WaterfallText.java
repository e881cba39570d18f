package io.carillon.local.waterfall;

import java.util.Locale;

/** Draws waterfalls for a terminal. */
final class WaterfallText {

    private static final int WIDTH = 56;

    private WaterfallText() {}

    static String of(Waterfall waterfall) {
        double last =
                waterfall.rows().stream().mapToDouble(Waterfall.Row::end).max().orElse(1);
        StringBuilder text = new StringBuilder();
        for (Waterfall.Row row : waterfall.rows()) {
            String label = row.group().isEmpty() ? row.label() : row.group() + ": " + row.label();
            if (row.count() > 1) {
                label += " x" + row.count();
            }
            text.append(String.format(
                    Locale.ROOT,
                    "%-46s %7.1f %7.1f  |%s|%n",
                    label,
                    row.begin(),
                    row.end() - row.begin(),
                    bar(row.begin() / last, row.end() / last)));
        }
        return text.toString();
    }

    /** Draws a bar in a line of fixed width; what is short is still a mark. */
    static String bar(double from, double to) {
        int begin = Math.clamp(Math.round(from * WIDTH), 0, WIDTH - 1);
        int end = Math.clamp(Math.round(to * WIDTH), begin, WIDTH);
        String mark = end == begin ? "·" : "█".repeat(end - begin);
        return " ".repeat(begin) + mark + " ".repeat(WIDTH - begin - mark.length());
    }
}
