package io.carillon.local.cost;

import io.carillon.local.cost.CostRun.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Compares long-poll as it is with long-poll whose requests Lambda would hold, over the same traffic: what the requests
 * of one client cost in an hour. How messages get into the outbox is in neither.
 */
public final class LongPollDesigns {

    private static final double MILLION = 1_000_000;

    private final PollTrial trial;
    private final Map<PollDesign, Bill> idle = new EnumMap<>(PollDesign.class);
    private final Map<PollDesign, Bill> active = new EnumMap<>(PollDesign.class);

    private LongPollDesigns(PollTrial trial) {
        this.trial = trial;
    }

    /** Measures for a minute: how long a request is held can only be measured by holding it. */
    public static LongPollDesigns measure(Setting setting) throws InterruptedException {
        return measure(PollTrial.standard(), setting);
    }

    /** Watches all at the same time, because nearly all of it is waiting, once each has a runtime of its own. */
    static LongPollDesigns measure(PollTrial trial, Setting setting) throws InterruptedException {
        List<PollHour> hours = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Bill>> watches = new ArrayList<>();
            for (PollDesign design : PollDesign.values()) {
                PollHour idle = start(hours, design, trial, setting);
                PollHour active = start(hours, design, trial, setting);
                watches.add(idle::idle);
                watches.add(active::active);
            }
            List<Future<Bill>> bills = threads.invokeAll(watches);
            LongPollDesigns result = new LongPollDesigns(trial);
            for (PollDesign design : PollDesign.values()) {
                result.idle.put(design, bills.get(2 * design.ordinal()).get());
                result.active.put(design, bills.get(2 * design.ordinal() + 1).get());
            }
            return result;
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "long-poll could not be measured: " + e.getCause().getMessage(), e);
        } finally {
            hours.forEach(PollHour::close);
        }
    }

    private static PollHour start(List<PollHour> hours, PollDesign design, PollTrial trial, Setting setting)
            throws InterruptedException {
        PollHour hour = new PollHour(design, trial, setting);
        hours.add(hour);
        return hour;
    }

    /** Gives the bill of an hour in which nothing comes. */
    Bill idle(PollDesign design) {
        return idle.get(design);
    }

    /** Gives the bill of an hour in which messages come all the time. */
    Bill active(PollDesign design) {
        return active.get(design);
    }

    /** Gives what a million messages cost beyond the hours in which they came, in dollars. */
    double messages(PollDesign design) {
        double each = active(design).total() - idle(design).total();
        return each * trial.every().toNanos() / Duration.ofHours(1).toNanos() * MILLION;
    }

    /** Writes both hours side by side, and the ratio of the two designs. */
    public String text() {
        StringBuilder text = new StringBuilder();
        CostText.line(
                text,
                "%s: an hour of one client's requests in two designs, metered over the same traffic for a shorter time and scaled",
                LongPollCost.KEY);
        CostText.line(
                text,
                "  A: Lambda holds each request for up to %d s and reads the outbox each %d ms",
                trial.hold().longest().toSeconds(),
                trial.hold().glance().toMillis());
        CostText.line(
                text,
                "  B: nothing is held; the client asks each %,d ms while messages come, each %,d ms while none do",
                trial.asks().min().toMillis(),
                trial.asks().max().toMillis());
        hours(
                text,
                String.format(
                        Locale.ROOT, "an idle hour, from %d s", trial.idle().toSeconds()),
                idle);
        hours(
                text,
                String.format(
                        Locale.ROOT,
                        "an hour with a message each %d ms, from %d",
                        trial.every().toMillis(),
                        trial.messages()),
                active);
        double held = messages(PollDesign.HELD);
        double asked = messages(PollDesign.ASKED);
        CostText.line(
                text, "  %-42s%22.4f%22.4f%9.2f", "a million messages, beyond idle, $", held, asked, held / asked);
        CostText.line(text, "Not in it: how messages get into the outbox, which is the same in both.");
        return text.toString();
    }

    private static void hours(StringBuilder text, String title, Map<PollDesign, Bill> bills) {
        Bill held = bills.get(PollDesign.HELD);
        Bill asked = bills.get(PollDesign.ASKED);
        CostText.line(text, "%-44s%22s%22s%9s", title, PollDesign.HELD.title(), PollDesign.ASKED.title(), "A / B");
        for (Billed item : Billed.values()) {
            double a = held.units(item);
            double b = asked.units(item);
            if (a + b > 0) {
                CostText.line(text, "  %-34s%-8s%,22.1f%,22.1f%9.2f", item.title(), item.unit(), a, b, a / b);
            }
        }
        CostText.line(
                text,
                "  %-42s%22.6f%22.6f%9.2f",
                "total, $",
                held.total(),
                asked.total(),
                held.total() / asked.total());
    }
}
