package io.carillon.local.load;

import io.carillon.local.load.Plot.Curve;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Writes a report as one page that needs nothing else: verdict, plots, and the report as text. */
final class ReportPage {

    private static final String BLUE = "#1f6feb";
    private static final String RED = "#cf222e";
    private static final String GREEN = "#1a7f37";

    private static final String HEAD = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Carillon load report</title>
            <style>
            body { font: 15px/1.5 system-ui, sans-serif; color: #1f2328; background: #fff; max-width: 800px;
                   margin: 2em auto; padding: 0 1em; }
            table { border-collapse: collapse; width: 100%; }
            td { border-top: 1px solid #d1d9e0; padding: .3em .6em; vertical-align: top; }
            .kept { color: #1a7f37; } .broken { color: #cf222e; font-weight: bold; } .not { color: #59636e; }
            figure { margin: 1.5em 0; } figcaption { margin-bottom: .3em; }
            svg { width: 100%; height: auto; } svg text { font-size: 11px; fill: #59636e; }
            .y { text-anchor: end; } .x { text-anchor: middle; } .grid { stroke: #eaeef2; }
            pre { background: #f6f8fa; padding: 1em; overflow-x: auto; font-size: 13px; }
            </style>
            """;

    private final StringBuilder page = new StringBuilder(HEAD);

    private ReportPage() {}

    static String of(Report report) {
        ReportPage words = new ReportPage();
        words.verdict(report);
        words.plots(Timeline.of(report.observed()).seconds());
        words.add("<h2>Report</h2>\n<pre>" + escaped(report.toText()) + "</pre>\n");
        words.add("<h2>Scenario</h2>\n<pre>" + escaped(report.scenario().toYaml()) + "</pre>\n</html>\n");
        return words.page.toString();
    }

    private void verdict(Report report) {
        boolean passed = report.passed();
        add("<h1 class=\"" + (passed ? "kept" : "broken") + "\">" + headline(report) + "</h1>\n");
        add("<p>" + escaped(report.target().webSocket().toString()) + "</p>\n<table>\n");
        for (Breach.Promise promise : Breach.Promise.values()) {
            String standing = report.standing(promise);
            StringBuilder counts = new StringBuilder();
            for (Breach.Kind kind : promise.kinds()) {
                long count = report.verdict().count(kind);
                counts.append(count == 0 ? "" : count + " " + kind.label() + " ");
            }
            add("<tr><td>" + promise.label() + "<td class=\"" + standing + "\">" + standing + "<td>" + counts + "\n");
        }
        add("</table>\n");
    }

    private static String headline(Report report) {
        if (report.passed()) {
            return "Passed: every promise was kept";
        }
        return report.isBreach() ? "Failed" : "Failed: nothing was published: not proven";
    }

    private void plots(List<Timeline.Second> seconds) {
        add(Plot.of(
                "Latency",
                "ms from publish to receipt",
                List.of(
                        curve("p50", BLUE, seconds, one -> one.latencies().percentile(0.5) / 1e6),
                        curve("p99", RED, seconds, one -> one.latencies().percentile(0.99) / 1e6),
                        curve(
                                "p99 of the healthy",
                                GREEN,
                                seconds,
                                one -> one.healthy().percentile(0.99) / 1e6))));
        add(Plot.of(
                "Publications",
                "per second",
                List.of(curve("accepted", BLUE, seconds, Timeline.Second::publications))));
        add(Plot.of(
                "Deliveries", "per second", List.of(curve("received", GREEN, seconds, Timeline.Second::deliveries))));
        add(Plot.of(
                "Connections", "connected", List.of(curve("clients", BLUE, seconds, Timeline.Second::connections))));
    }

    private static Curve curve(
            String name, String color, List<Timeline.Second> seconds, ToDoubleFunction<Timeline.Second> value) {
        return new Curve(name, color, seconds.stream().map(value::applyAsDouble).toList());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private void add(String html) {
        page.append(html);
    }
}
