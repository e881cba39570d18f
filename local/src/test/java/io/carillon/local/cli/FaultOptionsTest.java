package io.carillon.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FaultOptionsTest {

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("faults.txt"), text);
    }

    private static FaultOptions options(String... arguments) {
        return CommandLine.populateCommand(new FaultOptions(), arguments);
    }

    @Test
    void shouldReadTheFaultsOfTheCommandLineAndOfAFile() throws IOException {
        // Given
        Path file = file("# a comment\n\ngone every=2\n");

        // When
        FaultOptions options = options("--fault", "overlap every=3", "--faults", file.toString(), "--fault-seed", "9");

        // Then
        assertThat(options.plan().faults()).containsExactly("overlap every=3", "gone every=2");
        assertThat(options.plan().seed()).isEqualTo(9);
    }

    @Test
    void shouldNameTheLineThatCannotBeRead() throws IOException {
        // Given
        Path file = file("# a comment\n\ngone every=2\noverlap often=2\n");

        // When / Then
        assertThatThrownBy(() -> options("--faults", file.toString()).plan())
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("faults.txt line 4: overlap has no key 'often': use every");
    }

    @Test
    void shouldRefuseTimesThatCannotBeReckonedWith() {
        assertThatThrownBy(
                        () -> options("--fault", "clock jump=999999999d at=1s").plan())
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining("clock jump= must be a duration such as 200ms, 30s, 5m or 2h, up to 292 years");
    }
}
