package io.carillon.local.load;

import java.util.Locale;
import java.util.stream.Collectors;

/** Words a report for people. */
final class ReportText {

    private static final int LISTED = 20;

    private final StringBuilder text = new StringBuilder();

    private ReportText() {}

    static String of(Report report) {
        ReportText words = new ReportText();
        words.figures(report);
        words.checks(report);
        words.breaches(report);
        return words.text.toString();
    }

    private void figures(Report report) {
        Scenario scenario = report.scenario();
        Figures figures = report.figures();
        Verdict verdict = report.verdict();
        line(
                "%,d clients, %,d channels, %d subscriptions each, %s bytes a publication, seed %d",
                scenario.clients(), scenario.channels(), scenario.subscriptions(), scenario.payload(), scenario.seed());
        scenario.faults().forEach(fault -> line("fault: %s", fault));
        line("");
        line(
                "Published    %,d in %.1f s: %,.0f/s; %,d failed",
                figures.published(), figures.publishSeconds(), figures.publishRate(), figures.failed());
        line(
                "Delivered    %,d of %,d expected in %.1f s: %,.0f/s",
                verdict.received(), verdict.expected(), figures.deliverSeconds(), figures.deliverRate());
        Latencies latencies = report.latencies();
        line(
                "Latency      p50 %s, p95 %s, p99 %s, max %s (publish call to receipt, %,d live deliveries)",
                millis(latencies.percentile(0.5)),
                millis(latencies.percentile(0.95)),
                millis(latencies.percentile(0.99)),
                millis(latencies.percentile(1)),
                latencies.count());
        line(
                "Connections  %,d cut by the run, %,d ended otherwise, %,d reconnects; %,d channels left for a while",
                figures.cuts(), figures.drops(), figures.reconnects(), figures.leaves());
        line(
                "Recoveries   %,d, which brought %,d publications; %,d more had missed more than the window",
                verdict.recoveries(), verdict.recovered(), verdict.beyondWindow());
        if (figures.errors().isEmpty()) {
            line("Errors       none");
        }
        figures.errors().forEach((what, count) -> line("Errors       %,d x %s", count, what));
    }

    private void checks(Report report) {
        line("");
        line(
                "Checked %,d subscriptions, each from its first position to the channel's last offset:",
                report.verdict().subscriptions());
        for (Breach.Promise promise : Breach.Promise.values()) {
            String counts = promise.kinds().stream()
                    .map(kind -> String.format(
                            Locale.ROOT, "%,d %s", report.verdict().count(kind), kind.label()))
                    .collect(Collectors.joining(", "));
            line("  %-20s %-11s  %s", promise.label(), report.standing(promise), counts);
        }
        if (report.verdict().repeats() > 0) {
            line(
                    "  %,d repeats were within what a failed delivery allows",
                    report.verdict().repeats());
        }
        line("");
    }

    private void breaches(Report report) {
        int count = report.breaches().size();
        if (count == 0 && !report.passed()) {
            line("FAILED: nothing was published, so nothing was shown; see the errors above.");
            return;
        }
        if (count == 0) {
            line("Passed: every promise was kept.");
            return;
        }
        report.breaches().stream().limit(LISTED).forEach(breach -> line("%s", breach));
        if (count > LISTED) {
            line("... and %,d more (--json FILE lists them)", count - LISTED);
        }
        line("FAILED: %,d breaches.", count);
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%,.1f ms", nanos / 1e6);
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
