package io.carillon.scenarios;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Drives the demo page of {@code ./carillon dev} in Chromium. Skipped, and says so, where there is none. */
class BrowserScenariosTest {

    private static final String MISSING = "SKIPPED: the scenarios in a browser need Chromium, and there is none on the"
            + " PATH. Install it: apt-get install chromium. Continuous integration does, see .ci/run.";

    @Test
    void shouldShowOnTheDemoPageWhatWasMissed() {
        Optional<Path> browser = chromium();
        if (browser.isEmpty()) {
            System.out.println("\n" + MISSING);
            Assumptions.abort(MISSING);
        }
        run(World.BROWSER, browser.get());
        run(World.PHONE, browser.get());
    }

    private static void run(World world, Path browser) {
        try (Stage stage = Stage.set(world)) {
            Map<String, String> environment = new HashMap<>(stage.environment());
            environment.put("CARILLON_BROWSER", browser.toString());
            for (Path file : world.files(".browser.js")) {
                NodeRun.run(file.getFileName() + " in " + browser, file, environment);
            }
        }
    }

    private static Optional<Path> chromium() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> Stream.of(Path.of(folder, "chromium"), Path.of(folder, "chromium-browser")))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
