package io.carillon.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.config.Config;
import io.carillon.local.Await;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.pages.DevPages;
import io.carillon.local.pages.FaultsPage;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadInterruptTest {

    @TempDir
    private Path folder;

    @Test
    void shouldSwitchTheFaultsOffWhenItIsInterrupted() throws Exception {
        // Given a load with faults against a server that runs on
        Config config = ConfigFile.read(Optional.empty());
        FaultsPage page = new FaultsPage();
        try (LocalRuntime runtime = LocalRuntime.start(RuntimeSettings.of(config), new DevPages(config, page))) {
            page.show(runtime.faults());
            Process load = load("http://127.0.0.1:" + runtime.port());
            try {
                Await.until("faults", () -> !runtime.faults().list().isEmpty());

                // When
                // The JVM ends in the same way as at Ctrl-C, whose signal is ignored where the tests run in the
                // background.
                new ProcessBuilder("kill", "-TERM", Long.toString(load.pid()))
                        .start()
                        .waitFor();

                // Then
                assertThat(load.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(runtime.faults().list()).isEmpty();
            } finally {
                load.destroyForcibly();
            }
        }
    }

    private Process load(String url) throws Exception {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes,
                        Main.class.getName(),
                        "load",
                        "--url",
                        url,
                        "--clients=2",
                        "--channels=1",
                        "--subscriptions=1",
                        "--publications=0",
                        "--seconds=600",
                        "--rate=2",
                        "--fault",
                        "cold-start delay=1ms every=1000")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("load.txt").toFile())
                .start();
    }
}
