package io.carillon.local.load;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Says while a run goes on how far it is: on a terminal in one line that changes, elsewhere in a line now and then. */
public final class Progress {

    private static final long LIVE_MILLIS = 250;
    private static final long LOGGED_MILLIS = 10_000;
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private final boolean live;
    private volatile String phase = "";

    private Progress(PrintStream out, boolean live) {
        this.out = out;
        this.live = live;
    }

    /** Reports to a stream; {@code live} if it is a terminal. */
    public static Progress to(PrintStream out, boolean live) {
        return new Progress(out, live);
    }

    void phase(String now) {
        phase = now;
    }

    void start(ScheduledExecutorService timers, Scenario scenario, Tally tally) {
        long began = System.nanoTime();
        long period = live ? LIVE_MILLIS : LOGGED_MILLIS;
        timers.scheduleAtFixedRate(
                () -> show(line(scenario, tally, System.nanoTime() - began)), period, period, TimeUnit.MILLISECONDS);
    }

    /** Takes the live line away, so that the report stands alone. */
    void end() {
        if (live) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }

    private void show(String line) {
        if (live) {
            out.print(CLEAR_LINE + line);
            out.flush();
        } else {
            out.println(line);
        }
    }

    private String line(Scenario scenario, Tally tally, long elapsed) {
        return String.format(
                Locale.ROOT,
                "%5.1f s  %-12s published %,d%s%s, received %,d, connected %,d, reconnects %,d",
                elapsed / 1e9,
                phase,
                tally.published(),
                scenario.publications() == Integer.MAX_VALUE
                        ? ""
                        : String.format(Locale.ROOT, " of %,d", scenario.publications()),
                tally.failed() == 0 ? "" : String.format(Locale.ROOT, " (%,d failed)", tally.failed()),
                tally.received(),
                tally.connected() - tally.lost(),
                Math.max(0, tally.connected() - scenario.clients()));
    }
}
