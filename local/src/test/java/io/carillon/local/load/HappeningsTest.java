package io.carillon.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HappeningsTest {

    private static final int STEPS = 100;

    /** What happens in each hundredth of the publishing, in words. */
    private static List<List<String>> told(Scenario scenario) {
        List<List<String>> all = new ArrayList<>();
        List<String> current = new ArrayList<>();
        Happenings happenings = new Happenings(scenario, new Teller(current));
        for (int step = 0; step <= STEPS; step++) {
            happenings.upTo(step / (double) STEPS);
            all.add(List.copyOf(current));
            current.clear();
        }
        return all;
    }

    /** Puts into words what it should do. */
    private record Teller(List<String> told) implements Happenings.Fate {
        @Override
        public void cut(int client) {
            told.add("cut " + client);
        }

        @Override
        public void cutAll() {
            told.add("cut all");
        }

        @Override
        public void leave(int client, int subscription, long awayMillis) {
            told.add("leave " + client + " " + subscription);
        }

        @Override
        public void connect(int client) {
            told.add("connect " + client);
        }

        @Override
        public void strike() {
            told.add("strike");
        }
    }

    private static Scenario cuts(long seed) {
        return Scenario.DEFAULT.with(Setting.CLIENTS, 10).with(Setting.SEED, seed);
    }

    @Test
    void shouldStrikeInTheLastThirdWhenClientsAreToBeSlowOrDead() {
        // When
        List<List<String>> all = told(cuts(1).with(Setting.DISCONNECTS, 0).with(Setting.DEAD, 1));

        // Then
        assertThat(all.subList(0, 67)).allSatisfy(at -> assertThat(at).isEmpty());
        assertThat(all.get(67)).containsExactly("strike");
    }

    @Test
    void shouldCutAsOftenAsAskedAndSpreadItOverTheRun() {
        // When
        List<List<String>> cuts = told(cuts(1));

        // Then
        assertThat(cuts.stream().flatMap(List::stream)).hasSize(30).allMatch(one -> one.matches("cut [0-9]"));
        assertThat(cuts.stream().filter(now -> !now.isEmpty())).hasSizeGreaterThan(10);
    }

    @Test
    void shouldRepeatARunByItsSeed() {
        assertThat(told(cuts(5))).isEqualTo(told(cuts(5))).isNotEqualTo(told(cuts(6)));
    }

    @Test
    void shouldMakeStormsLeavesAndLateComersWhenAsked() {
        // Given
        Scenario scenario = cuts(1).with(Setting.DISCONNECTS, 0)
                .with(Setting.STORMS, 3)
                .with(Setting.CHURN, 2)
                .with(Setting.GROWTH, 0.4);

        // When
        List<List<String>> all = told(scenario);

        // Then
        assertThat(all.get(25)).contains("cut all");
        assertThat(all.get(50)).contains("cut all");
        assertThat(all.get(75)).contains("cut all");
        List<String> flat = all.stream().flatMap(List::stream).toList();
        assertThat(flat).filteredOn(one -> one.startsWith("leave")).hasSize(20);
        assertThat(flat)
                .filteredOn(one -> one.startsWith("connect"))
                .containsExactly("connect 6", "connect 7", "connect 8", "connect 9");
    }
}
