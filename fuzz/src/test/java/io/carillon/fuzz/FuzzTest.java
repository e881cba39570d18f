package io.carillon.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A short run of each target; the long ones are {@code ./carillon fuzz}. */
class FuzzTest {

    @TempDir
    Path corpus;

    static Set<String> targets() {
        return Fuzz.TARGETS.keySet();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void shouldWithstandWhateverAFuzzerSendsWhenItHasAFewThousandTries(String target) throws IOException {
        // Given
        Path said = corpus.resolve(target + ".log");

        // When
        int status = new Fuzz(Path.of(".."), corpus)
                .run(target, ProcessBuilder.Redirect.to(said.toFile()), "-runs=5000", "-seed=25");

        // Then
        assertThat(status).as(() -> read(said)).isZero();
        assertThat(read(said)).contains("Done 5000 runs");
    }

    private static String read(Path said) {
        try {
            return Files.readString(said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
