package io.carillon.local.cli;

import io.carillon.local.load.Report;
import io.carillon.local.load.Scenario;
import io.carillon.local.load.Search;
import java.util.Optional;

/** Runs the scenarios of a search, and keeps the report that tells the most. For use by one thread. */
final class SearchReports implements Search.Trial {

    private final Runner runner;
    private Optional<Report> last = Optional.empty();
    private Optional<Report> lastBreach = Optional.empty();
    private int unproven;

    /** Runs a scenario to its end. */
    @FunctionalInterface
    interface Runner {
        Report run(Scenario scenario) throws InterruptedException;
    }

    SearchReports(Runner runner) {
        this.runner = runner;
    }

    @Override
    public boolean passes(Scenario scenario) throws InterruptedException {
        Report report = runner.run(scenario);
        last = Optional.of(report);
        if (!report.passed()) {
            System.out.println(report.toText());
        }
        if (report.isBreach()) {
            lastBreach = last;
        } else if (!report.passed()) {
            unproven++;
        }
        return !report.isBreach();
    }

    /** The report of the last breach, which is the smallest found; without one, that of the last scenario. */
    Report telling() {
        return lastBreach.or(() -> last).orElseThrow();
    }

    boolean provenAll() {
        return unproven == 0;
    }

    /** Says what a search of so many scenarios shows in which no promise was broken. */
    String summary(int searched) {
        return provenAll()
                ? "Every promise was kept in " + searched + " scenarios."
                : "No promise was broken in " + searched + " scenarios, but in " + unproven
                        + " of them nothing was published: not proven.";
    }
}
