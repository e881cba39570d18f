package io.carillon.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SearchTest {

    private static final Scenario BASE =
            Scenario.DEFAULT.with(Setting.SEED, 5).with(Setting.FAULTS, List.of("harmless", "deadly key=1", "other"));

    private final List<String> log = new ArrayList<>();

    private Optional<Scenario> search(int count, Search.Trial trial) throws InterruptedException {
        return new Search(BASE, trial, log::add).run(count);
    }

    @Test
    void shouldFindNothingWhenEveryPromiseIsKept() throws InterruptedException {
        assertThat(search(20, scenario -> true)).isEmpty();
        assertThat(log).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void shouldShrinkToTheSmallestThatBreaks() throws InterruptedException {
        // Given something that goes wrong with one fault, three clients and five publications or more
        Search.Trial trial = scenario ->
                !scenario.faults().contains("deadly key=1") || scenario.clients() < 3 || scenario.publications() < 5;

        // When
        Scenario found = search(100, trial).orElseThrow();

        // Then
        assertThat(found.faults()).containsExactly("deadly key=1");
        assertThat(found.clients()).isEqualTo(3);
        assertThat(found.publications()).isBetween(5, 8);
        assertThat(found.channels()).isEqualTo(1);
        assertThat(found.decimal(Setting.DISCONNECTS)).isZero();
        assertThat(ScenarioFile.parse("found", found.toYaml())).isEqualTo(found);
    }

    @Test
    void shouldTryTheSameScenariosForTheSameSeed() throws InterruptedException {
        // Given
        List<Scenario> first = new ArrayList<>();
        List<Scenario> second = new ArrayList<>();

        // When
        search(10, first::add);
        search(10, second::add);

        // Then
        assertThat(first).isEqualTo(second).doesNotHaveDuplicates();
    }
}
