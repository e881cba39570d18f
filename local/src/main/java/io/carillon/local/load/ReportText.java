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
        latencies("Latency", report.latencies(), "publish call to receipt");
        report.comparison().ifPresent(one -> comparison(scenario, one));
        line(
                "Connections  %,d cut by the run, %,d ended otherwise, %,d reconnects; %,d channels left for a while",
                figures.cuts(), figures.drops(), figures.reconnects(), figures.leaves());
        Latencies returns = report.returns();
        if (returns.count() > 0) {
            line(
                    "Back         p50 %s, p99 %s, max %s (connection's end to subscribed again, %,d times)",
                    millis(returns.percentile(0.5)),
                    millis(returns.percentile(0.99)),
                    millis(returns.percentile(1)),
                    returns.count());
        }
        line(
                "Recoveries   %,d, which brought %,d publications; %,d more had missed more than the window",
                verdict.recoveries(), verdict.recovered(), verdict.beyondWindow());
        if (report.historyExpired()) {
            line(
                    "History      expired: the clock jumped by history_ttl or more, so refused recoveries and empty read-backs were not judged");
        }
        if (figures.errors().isEmpty()) {
            line("Errors       none");
        }
        figures.errors().forEach((what, count) -> line("Errors       %,d x %s", count, what));
    }

    private void latencies(String whose, Latencies times, String what) {
        if (times.count() == 0) {
            line("%-12s no live deliveries (%s)", whose, what);
            return;
        }
        line(
                "%-12s p50 %s, p95 %s, p99 %s, max %s (%s, %,d live deliveries)",
                whose,
                millis(times.percentile(0.5)),
                millis(times.percentile(0.95)),
                millis(times.percentile(0.99)),
                millis(times.percentile(1)),
                what,
                times.count());
    }

    private void comparison(Scenario scenario, Comparison one) {
        latencies("  healthy", one.before(), "while all were");
        String beside = String.format(Locale.ROOT, "beside %,d slow and %,d dead", scenario.slow(), scenario.dead());
        latencies("  healthy", one.beside(Condition.HEALTHY), beside);
        if (scenario.slow() > 0) {
            latencies("  slow", one.beside(Condition.SLOW), "since then");
        }
        if (scenario.dead() > 0) {
            latencies("  dead", one.beside(Condition.DEAD), "since then");
        }
        line("  ratio      p99 of the healthy is %.2f of what it was", one.p99Ratio());
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
            line("FAILED: nothing was published: not proven. See the errors above.");
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
