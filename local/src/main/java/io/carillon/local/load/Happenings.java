package io.carillon.local.load;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decides beforehand what happens to which client when: spread at random over the publishing, so that it comes while
 * publications are under way. Safe for use by several threads.
 */
final class Happenings {

    /** What can be done to clients, each named by its number. */
    interface Fate {
        void cut(int client);

        void cutAll();

        /** Leaves one of the client's channels, and comes back after a while. */
        void leave(int client, int subscription, long awayMillis);

        void connect(int client);

        /** Makes those slow or dead who are to be. */
        void strike();
    }

    private static final int AWAY_MILLIS = 1_000;

    /** After a third to warm up, and one to compare with. */
    private static final double STRIKE = 2 / 3.0;

    /** Something to do once so much of the publishing, from 0 to 1, is done. */
    private record Happening(double moment, Runnable deed) {}

    private final List<Happening> happenings = new ArrayList<>();
    private final AtomicInteger done = new AtomicInteger();

    Happenings(Scenario scenario, Fate fate) {
        SplittableRandom random = new SplittableRandom(scenario.seed());
        int clients = scenario.clients();
        long cuts = Math.round(clients * scenario.decimal(Setting.DISCONNECTS));
        for (long i = 0; i < cuts; i++) {
            int victim = random.nextInt(clients);
            happenings.add(new Happening(random.nextDouble(), () -> fate.cut(victim)));
        }
        long leaves = Math.round(clients * scenario.decimal(Setting.CHURN));
        for (long i = 0; i < leaves; i++) {
            int client = random.nextInt(clients);
            int subscription = random.nextInt(scenario.subscriptions());
            long away = random.nextLong(AWAY_MILLIS);
            happenings.add(new Happening(random.nextDouble(), () -> fate.leave(client, subscription, away)));
        }
        for (int i = 1; i <= scenario.storms(); i++) {
            happenings.add(new Happening(i / (scenario.storms() + 1.0), fate::cutAll));
        }
        for (int i = scenario.early(); i < clients; i++) {
            int client = i;
            double moment = (i - scenario.early()) / (double) (clients - scenario.early());
            happenings.add(new Happening(moment, () -> fate.connect(client)));
        }
        if (scenario.slow() + scenario.dead() > 0) {
            happenings.add(new Happening(STRIKE, fate::strike));
        }
        happenings.sort(Comparator.comparingDouble(Happening::moment));
    }

    /** Does what is due when so much of the publishing, from 0 to 1, is done. */
    void upTo(double share) {
        for (int next = done.get(); isDue(next, share); next = done.get()) {
            if (done.compareAndSet(next, next + 1)) {
                happenings.get(next).deed().run();
            }
        }
    }

    private boolean isDue(int next, double share) {
        return next < happenings.size() && happenings.get(next).moment() <= share;
    }
}
