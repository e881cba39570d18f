package io.carillon.local.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Looks for a scenario that breaks a promise: tries random small ones, and shrinks the first that does, until nothing
 * can be taken away without the breach going too.
 */
public final class Search {

    /** Runs a scenario. */
    @FunctionalInterface
    public interface Trial {

        /** Says whether every promise was kept. */
        boolean passes(Scenario scenario) throws InterruptedException;
    }

    /** How often a smaller scenario is tried before it counts as one that passes: a race needs luck. */
    private static final int TRIES = 3;

    /** Numbers up to this one are shrunk one by one too. */
    private static final int FEW = 16;

    /** How many faults a scenario has, on average. */
    private static final int FAULTS_AT_ONCE = 2;

    private final Scenario base;
    private final Trial trial;
    private final Consumer<String> log;

    /**
     * Makes a search.
     *
     * @param base what the random scenarios do not decide is as it says here; each has some of its faults
     * @param log hears what is tried, a line each
     */
    public Search(Scenario base, Trial trial, Consumer<String> log) {
        this.base = base;
        this.trial = trial;
        this.log = log;
    }

    /**
     * Tries so many scenarios.
     *
     * @return the smallest found that breaks a promise; empty if all kept them
     */
    public Optional<Scenario> run(int count) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(base.seed());
        for (int i = 1; i <= count; i++) {
            Scenario scenario = random(random);
            log.accept("scenario " + i + " of " + count + ": " + summary(scenario));
            if (!trial.passes(scenario)) {
                log.accept("a promise was broken; shrinking");
                return Optional.of(shrink(scenario));
            }
        }
        return Optional.empty();
    }

    private Scenario random(SplittableRandom random) {
        int channels = 1 + random.nextInt(5);
        int clients = 1 + random.nextInt(40);
        Scenario scenario = base.with(Setting.SEED, random.nextInt(1_000_000_000))
                .with(Setting.CLIENTS, clients)
                .with(Setting.SLOW, Math.min(base.slow(), clients / 3))
                .with(Setting.DEAD, Math.min(base.dead(), clients / 3))
                .with(Setting.CHANNELS, channels)
                .with(Setting.SUBSCRIPTIONS, 1 + random.nextInt(channels))
                .with(Setting.PUBLICATIONS, 10 + random.nextInt(500))
                .with(Setting.PUBLISHERS, 1 + random.nextInt(16))
                .with(Setting.RATE, random.nextBoolean() ? 0 : 50 + random.nextInt(500))
                .with(Setting.PAYLOAD, random.nextInt(4) == 0 ? "64..20000" : "64..400")
                .with(Setting.DISCONNECTS, random.nextInt(4))
                .with(Setting.STORMS, random.nextInt(4) == 0 ? 1 : 0)
                .with(Setting.CHURN, random.nextInt(3))
                .with(Setting.GROWTH, random.nextInt(3) == 0 ? 0.5 : 0)
                .with(Setting.PUBLISH_ATTEMPTS, random.nextBoolean() ? 1 : 5);
        int faults = base.faults().size();
        List<String> some = base.faults().stream()
                .filter(one -> random.nextInt(faults) < FAULTS_AT_ONCE)
                .toList();
        return scenario.with(Setting.FAULTS, some);
    }

    /** Takes the first step down that still breaks a promise, again and again. */
    private Scenario shrink(Scenario found) throws InterruptedException {
        Scenario smallest = found;
        Optional<Scenario> smaller = Optional.of(found);
        while (smaller.isPresent()) {
            smallest = smaller.get();
            smaller = Optional.empty();
            for (Scenario candidate : steps(smallest)) {
                if (breaks(candidate)) {
                    log.accept("still broken: " + summary(candidate));
                    smaller = Optional.of(candidate);
                    break;
                }
            }
        }
        return smallest;
    }

    private boolean breaks(Scenario scenario) throws InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            if (!trial.passes(scenario)) {
                return true;
            }
        }
        return false;
    }

    /** Lists scenarios that are smaller in one way, the greatest steps first. */
    private static List<Scenario> steps(Scenario scenario) {
        List<Scenario> steps = new ArrayList<>();
        for (int i = 0; i < scenario.faults().size(); i++) {
            List<String> fewer = new ArrayList<>(scenario.faults());
            fewer.remove(i);
            steps.add(scenario.with(Setting.FAULTS, fewer));
        }
        for (Setting setting : List.of(Setting.STORMS, Setting.CHURN, Setting.DISCONNECTS, Setting.GROWTH)) {
            if (!isZero(scenario, setting)) {
                steps.add(scenario.with(setting, 0));
            }
        }
        for (Setting setting : List.of(Setting.SLOW, Setting.DEAD)) {
            if (scenario.slow() + scenario.dead() > 0) {
                steps.add(scenario.with(setting, 0));
            }
        }
        halve(steps, scenario, Setting.PUBLICATIONS, scenario.publications());
        halve(steps, scenario, Setting.CLIENTS, scenario.clients());
        if (scenario.channels() / 2 >= scenario.subscriptions()) {
            halve(steps, scenario, Setting.CHANNELS, scenario.channels());
        }
        halve(steps, scenario, Setting.SUBSCRIPTIONS, scenario.subscriptions());
        halve(steps, scenario, Setting.PUBLISHERS, scenario.publishers());
        if (scenario.publishAttempts() > 1) {
            steps.add(scenario.with(Setting.PUBLISH_ATTEMPTS, 1));
        }
        if (scenario.payload().to() > scenario.payload().from()) {
            steps.add(scenario.with(Setting.PAYLOAD, scenario.payload().from()));
        }
        steps.removeIf(smaller -> smaller.slow() + smaller.dead() >= smaller.clients());
        return steps;
    }

    private static boolean isZero(Scenario scenario, Setting setting) {
        return setting == Setting.STORMS ? scenario.storms() == 0 : scenario.decimal(setting) == 0;
    }

    private static void halve(List<Scenario> steps, Scenario scenario, Setting setting, int value) {
        if (value > 1) {
            steps.add(scenario.with(setting, value / 2));
        }
        if (value > 2 && value <= FEW) {
            steps.add(scenario.with(setting, value - 1));
        }
    }

    private static String summary(Scenario scenario) {
        return scenario.toYaml().strip().replace("\n  - ", " ").replace("\n", ", ");
    }
}
