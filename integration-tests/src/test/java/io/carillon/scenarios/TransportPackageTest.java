package io.carillon.scenarios;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs the unit tests of the npm package {@code carillon-transport}. */
class TransportPackageTest {

    private static final Path TESTS = Path.of("..", "clients", "carillon-transport", "test")
            .toAbsolutePath()
            .normalize();

    @Test
    void shouldHaveTypesThatGoWithThoseOfTheClientLibrary() {
        Path file = Path.of("types", "types.test.js").toAbsolutePath();
        NodeRun.run(file.getFileName().toString(), file, Map.of());
    }

    @TestFactory
    Stream<DynamicTest> shouldPassItsOwnTests() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(TESTS)) {
            files = all.filter(file -> file.toString().endsWith(".test.js"))
                    .sorted()
                    .toList();
        }
        return files.stream().map(file -> {
            String title = file.getFileName().toString();
            return dynamicTest(title, () -> NodeRun.run(title, file, Map.of()));
        });
    }
}
