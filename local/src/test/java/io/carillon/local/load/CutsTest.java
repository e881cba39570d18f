package io.carillon.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutsTest {

    private static List<List<Integer>> cuts(long seed) {
        Scenario scenario = new Scenario(10, 1, 1, 100, 1, 0, 200, 3, seed, "load");
        List<List<Integer>> made = new ArrayList<>();
        List<Integer> current = new ArrayList<>();
        Cuts cuts = new Cuts(scenario, current::add);
        for (int publication = 0; publication < 100; publication++) {
            cuts.before(publication);
            made.add(List.copyOf(current));
            current.clear();
        }
        return made;
    }

    @Test
    void shouldCutAsOftenAsAskedAndSpreadItOverTheRun() {
        // When
        List<List<Integer>> cuts = cuts(1);

        // Then
        List<Integer> victims = cuts.stream().flatMap(List::stream).toList();
        assertThat(victims).hasSize(30).allMatch(client -> client >= 0 && client < 10);
        assertThat(cuts.stream().filter(now -> !now.isEmpty())).hasSizeGreaterThan(10);
    }

    @Test
    void shouldRepeatARunByItsSeed() {
        assertThat(cuts(5)).isEqualTo(cuts(5)).isNotEqualTo(cuts(6));
    }
}
