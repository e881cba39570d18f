package io.carillon.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the pages about failures to their word: each row of their tables names tests, and each of those exists. */
class FailuresPageTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern SCENARIO = Pattern.compile("`([A-Z][A-Za-z]*Test)\\.(should[A-Za-z0-9]*)`");

    @ParameterizedTest
    @ValueSource(strings = {"docs/operations/failures.md", "docs/operations/regions.md", "docs/operations/backups.md"})
    void shouldNameTestsThatExistInEachRow(String page) throws IOException {
        // Given
        List<String> rows = rows(Files.readAllLines(ROOT.resolve(page)));

        // When / Then
        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            List<MatchResult> scenarios = SCENARIO.matcher(row).results().toList();
            assertThat(scenarios).as(row).isNotEmpty();
            assertThat(scenarios)
                    .allSatisfy(scenario ->
                            assertThat(source(scenario.group(1))).contains("void " + scenario.group(2) + "("));
        });
    }

    /** Gives the rows of those tables whose last column says what shows them. */
    private static List<String> rows(List<String> lines) {
        List<String> rows = new ArrayList<>();
        boolean isShown = false;
        for (String line : lines) {
            if (line.endsWith("shown by |")) {
                isShown = true;
            } else if (!line.startsWith("|")) {
                isShown = false;
            } else if (isShown && !line.startsWith("| ---")) {
                rows.add(line);
            }
        }
        return rows;
    }

    private static String source(String test) throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            Path file = modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(folder -> find(folder, test + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("There is no " + test));
            return Files.readString(file);
        }
    }

    private static Stream<Path> find(Path folder, String name) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith(name)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
