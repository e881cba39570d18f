package io.carillon.local.load;

import java.util.List;
import java.util.Locale;

/** Draws curves over the seconds of a run, as SVG. */
final class Plot {

    /** One curve: a value for each second. */
    record Curve(String name, String color, List<Double> values) {
        double max() {
            return values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        }
    }

    private static final int WIDTH = 760;
    private static final int HEIGHT = 220;
    private static final int LEFT = 64;
    private static final int RIGHT = 12;
    private static final int TOP = 12;
    private static final int BOTTOM = 28;
    private static final int LINES = 4;

    private final StringBuilder svg = new StringBuilder();
    private final List<Curve> curves;
    private final double top;
    private final int seconds;

    private Plot(List<Curve> curves) {
        this.curves = curves;
        this.top = ceiling(curves.stream().mapToDouble(Curve::max).max().orElse(0));
        this.seconds = curves.getFirst().values().size();
    }

    /** Draws curves that have as many values each, in one unit. */
    static String of(String title, String unit, List<Curve> curves) {
        Plot plot = new Plot(curves);
        plot.draw(title);
        StringBuilder legend = new StringBuilder();
        for (Curve curve : curves) {
            legend.append("<span style=\"color:").append(curve.color()).append("\">&#9632;</span> ");
            legend.append(curve.name()).append("&ensp;");
        }
        return "<figure><figcaption><b>" + title + "</b>, " + unit + "&emsp;" + legend + "</figcaption>\n" + plot.svg
                + "</figure>\n";
    }

    /** Rounds up to a power of ten, or 2, 4 or 8 times that, which four lines divide well. */
    private static double ceiling(double max) {
        if (max <= 0) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(max)));
        for (double step : new double[] {1, 2, 4, 8}) {
            if (max <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }

    private void draw(String title) {
        add("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n", WIDTH, HEIGHT, title);
        for (int i = 0; i <= LINES; i++) {
            double value = top * i / LINES;
            add(
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" class=\"grid\"/>"
                            + "<text x=\"%d\" y=\"%.1f\" class=\"y\">%s</text>%n",
                    LEFT, WIDTH - RIGHT, y(value), y(value), LEFT - 8, y(value) + 4, label(value));
        }
        int step = Math.max(1, (int) ceiling(seconds / 10.0));
        for (int second = 0; second < seconds; second += step) {
            add("<text x=\"%.1f\" y=\"%d\" class=\"x\">%d s</text>%n", x(second), HEIGHT - 8, second);
        }
        curves.forEach(this::draw);
        svg.append("</svg>");
    }

    private void draw(Curve curve) {
        add("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\" points=\"", curve.color());
        for (int i = 0; i < curve.values().size(); i++) {
            add("%.1f,%.1f ", x(i), y(curve.values().get(i)));
        }
        add("\"/>%n");
    }

    private double x(int second) {
        return LEFT + (WIDTH - LEFT - RIGHT) * (seconds < 2 ? 0 : second / (seconds - 1.0));
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top;
    }

    private static String label(double value) {
        return value >= 10 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
