package io.carillon.local.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioFileTest {

    private static void assertRefused(String yaml, String problem) {
        assertThatThrownBy(() -> ScenarioFile.parse("my.yaml", yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("my.yaml ")
                .hasMessageContaining(problem);
    }

    @Test
    void shouldReadEveryShippedScenario() {
        for (String name : ScenarioFile.NAMES) {
            assertThat(ScenarioFile.find(name).checked()).isNotEqualTo(Scenario.DEFAULT);
            assertThat(ScenarioFile.purpose(name)).as(name).endsWith(".");
        }
    }

    @Test
    void shouldReadAFile(@TempDir Path folder) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("my.yaml"), """
                clients: 3
                payload: 100..200
                recovery: false
                faults:
                  - delay millis=5
                """);

        // When
        Scenario scenario = ScenarioFile.find(file.toString());

        // Then
        assertThat(scenario.clients()).isEqualTo(3);
        assertThat(scenario.payload()).isEqualTo(new Values.Range(100, 200));
        assertThat(scenario.payload(7)).isBetween(100, 200);
        assertThat(scenario.is(Setting.RECOVERY)).isFalse();
        assertThat(scenario.faults()).containsExactly("delay millis=5");
    }

    @Test
    void shouldRefuseUnknownKeysAndNameTheKnown() {
        assertRefused("cliens: 3", "unknown key 'cliens': the keys are clients, channels");
    }

    @Test
    void shouldRefuseWrongValuesAndNameTheAllowed() {
        assertRefused("clients: 0", "clients must be a whole number from 1 to 1000000, not '0'");
        assertRefused("clients: many", "clients must be a whole number");
        assertRefused("clients: 1.5", "clients must be a whole number");
        assertRefused("rate: -1", "rate must be a number from 0 to 1000000, not '-1'");
        assertRefused("rate: .nan", "rate must be a number");
        assertRefused("recovery: maybe", "recovery must be true or false, not 'maybe'");
        assertRefused("payload: 10", "payload must be a whole number from 64 to 100000, or two such as 64..2000");
        assertRefused("payload: 300..200", "payload must be");
        assertRefused("namespace: a b", "namespace must be a text");
        assertRefused("faults: delay", "faults must be a list of texts");
        assertRefused("clients:", "clients must be");
        assertRefused("clients: 1\nclients: 2", "duplicate key");
        assertRefused("- 1", "it must have keys");
    }

    @Test
    void shouldRefuseWhatDoesNotGoTogether() {
        assertThatThrownBy(() -> Scenario.DEFAULT.with(Setting.CHANNELS, 1).checked())
                .hasMessage("subscriptions cannot be more than channels (1)");
        assertThatThrownBy(() -> Scenario.DEFAULT.with(Setting.PUBLICATIONS, 0).checked())
                .hasMessageContaining("publications or seconds");
        assertThatThrownBy(() -> Scenario.DEFAULT
                        .with(Setting.SLOW, 100)
                        .with(Setting.DEAD, 100)
                        .checked())
                .hasMessageContaining("slow and dead together must be less than clients (200)");
    }

    @Test
    void shouldNameTheScenariosWhenThereIsNoSuchOne() {
        assertThatThrownBy(() -> ScenarioFile.find("stedy")).hasMessageContaining("steady, fan-out");
    }

    @Test
    void shouldWriteWhatItReads() {
        // Given
        Scenario scenario = Scenario.DEFAULT
                .with(Setting.CLIENTS, "3")
                .with(Setting.PAYLOAD, "64..100")
                .with(Setting.NAMESPACE, "")
                .with(Setting.FAULTS, List.of("a b=\"c\"", "d"));

        // When / Then
        assertThat(ScenarioFile.parse("written", scenario.toYaml())).isEqualTo(scenario);
    }

    @Test
    void shouldBeDescribedWhole() throws IOException {
        // Given
        String page = Files.readString(Path.of("..", "docs", "operations", "load.md"));

        // Then
        for (Setting setting : Setting.values()) {
            assertThat(page).contains("| `" + setting.key() + "` |");
        }
        for (String name : ScenarioFile.NAMES) {
            assertThat(page).contains("| `" + name + "` |");
        }
    }
}
