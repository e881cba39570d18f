package io.carillon.local.load;

import io.carillon.events.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What came of a load run. Immutable. */
public final class Report {

    /** More breaches than this are counted, but not listed. */
    private static final int LISTED = 1_000;

    private final Scenario scenario;
    private final Target target;
    private final Observed observed;
    private final Verdict verdict;
    private final Figures figures;
    private final Latencies latencies;
    private final Latencies returns;
    private final Optional<Comparison> comparison;
    private final boolean presenceChecked;

    private Report(Scenario scenario, Target target, Observed observed) {
        this.scenario = scenario;
        this.target = target;
        this.observed = observed;
        this.verdict = Checker.check(observed);
        this.figures = Figures.of(observed);
        this.latencies = Latencies.of(observed);
        this.returns = Returns.of(observed);
        this.comparison = Comparison.of(observed);
        this.presenceChecked = !observed.presence().isEmpty();
    }

    static Report of(Scenario scenario, Target target, Observed observed) {
        return new Report(scenario, target, observed);
    }

    /** Whether every promise was kept, and something was published to show it. */
    public boolean passed() {
        return verdict.passed() && isProof();
    }

    /** Whether a promise was broken. */
    public boolean isBreach() {
        return !verdict.passed();
    }

    /** Whether anything was published: where nothing was, nothing can be lost. */
    boolean isProof() {
        return figures.published() > 0;
    }

    /** Writes it for people. */
    public String toText() {
        return ReportText.of(this);
    }

    /** Writes it as a page of HTML with plots, which needs nothing else. */
    public String toHtml() {
        return ReportPage.of(this);
    }

    /** Writes it for programs: times in milliseconds, rates per second. */
    public String toJson() {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("passed", passed());
        root.put("server", target.webSocket().toString());
        root.put("scenario", scenario.all());
        root.put("publications", counts("accepted", figures.published(), "failed", figures.failed()));
        root.put("deliveries", deliveries());
        root.put("rates", rates());
        root.put("latency_ms", millis(latencies));
        comparison.ifPresent(one -> root.put("struck", struck(one)));
        root.put("return_ms", millis(returns));
        root.put("connections", connections());
        root.put("errors", figures.errors());
        root.put("presence_checked", presenceChecked);
        Map<String, Object> promises = new LinkedHashMap<>();
        for (Breach.Promise promise : Breach.Promise.values()) {
            promises.put(promise.label().toLowerCase(Locale.ROOT).replace(' ', '_'), standing(promise));
        }
        root.put("promises", promises);
        Map<String, Object> breaches = new LinkedHashMap<>();
        for (Breach.Kind kind : Breach.Kind.values()) {
            breaches.put(kind.label().replace(' ', '_'), verdict.count(kind));
        }
        root.put("breaches", breaches);
        root.put(
                "breach_list",
                verdict.breaches().stream().limit(LISTED).map(Report::tree).toList());
        return Json.write(root);
    }

    /** Says whether a promise was kept, broken, not looked at, or not put to the test. */
    String standing(Breach.Promise promise) {
        if (promise.kinds().stream().anyMatch(kind -> verdict.count(kind) > 0)) {
            return "broken";
        }
        if (!isChecked(promise)) {
            return "not checked";
        }
        return isProof() ? "kept" : "not proven";
    }

    private boolean isChecked(Breach.Promise promise) {
        return switch (promise) {
            case ORDER, NOTHING_LOST -> observed.rules().history();
            case READ_YOUR_WRITE -> !observed.readBacks().isEmpty();
            case PRESENCE -> presenceChecked;
            case ONCE, UNCHANGED -> figures.received() > 0;
        };
    }

    /** Whether a jump of the clock made the history expire, so that refused recoveries are not judged. */
    boolean historyExpired() {
        return observed.rules().expires();
    }

    private Map<String, Object> deliveries() {
        Map<String, Object> tree = counts("expected", verdict.expected(), "received", verdict.received());
        tree.put("subscriptions", verdict.subscriptions());
        tree.put("recoveries", verdict.recoveries());
        tree.put("recovered", verdict.recovered());
        tree.put("beyond_window", verdict.beyondWindow());
        tree.put("history_expired", observed.rules().expires());
        tree.put("repeats", verdict.repeats());
        return tree;
    }

    private Map<String, Object> rates() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("publications", figures.publishRate());
        tree.put("deliveries", figures.deliverRate());
        tree.put("publish_seconds", figures.publishSeconds());
        tree.put("deliver_seconds", figures.deliverSeconds());
        return tree;
    }

    private static Map<String, Object> millis(Latencies times) {
        Map<String, Object> tree = counts("count", times.count());
        tree.put("p50", times.percentile(0.5) / 1e6);
        tree.put("p95", times.percentile(0.95) / 1e6);
        tree.put("p99", times.percentile(0.99) / 1e6);
        tree.put("max", times.percentile(1) / 1e6);
        return tree;
    }

    private Map<String, Object> struck(Comparison one) {
        Map<String, Object> tree = counts("slow", scenario.slow(), "dead", scenario.dead());
        tree.put("healthy_p99_ratio", one.p99Ratio());
        tree.put("healthy_before_ms", millis(one.before()));
        for (Condition condition : Condition.values()) {
            tree.put(condition.label() + "_ms", millis(one.beside(condition)));
        }
        return tree;
    }

    private Map<String, Object> connections() {
        Map<String, Object> tree = counts("cuts", figures.cuts(), "drops", figures.drops());
        tree.put("reconnects", figures.reconnects());
        tree.put("leaves", figures.leaves());
        return tree;
    }

    private static Map<String, Object> tree(Breach breach) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", breach.kind().label());
        tree.put("channel", breach.channel());
        tree.put("offset", breach.offset());
        tree.put("client", breach.client());
        tree.put("at_seconds", breach.at() / 1e9);
        tree.put("detail", breach.detail());
        return tree;
    }

    private static Map<String, Object> counts(Object... pairs) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            tree.put((String) pairs[i], pairs[i + 1]);
        }
        return tree;
    }

    Scenario scenario() {
        return scenario;
    }

    Target target() {
        return target;
    }

    Observed observed() {
        return observed;
    }

    Verdict verdict() {
        return verdict;
    }

    Figures figures() {
        return figures;
    }

    Latencies latencies() {
        return latencies;
    }

    /** Times from the end of a connection until its client was subscribed to everything again. */
    Latencies returns() {
        return returns;
    }

    /** Compares the healthy clients with themselves; empty if nobody became slow or dead. */
    Optional<Comparison> comparison() {
        return comparison;
    }

    boolean presenceChecked() {
        return presenceChecked;
    }

    List<Breach> breaches() {
        return verdict.breaches();
    }
}
