package io.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * AWS's own linter over the templates: types, allowed values and references, by CloudFormation's schemas. It is a Python
 * program, which pip installs once into {@code infra-cdk/.cfn-lint}; where that cannot be, this is skipped and says so.
 */
class CfnLintTest {

    private static final Path HOME = Path.of(".cfn-lint");
    private static final String VERSION = "1.58.0";

    /** CDK writes dependencies that a reference implies already. */
    private static final String DOUBLE_DEPENDENCY = "W3005";

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod", "everything", "telling"})
    void shouldFindNothingWrong(String stage) throws Exception {
        // Given
        Path program = installed();
        Path template = (stage.equals("telling") ? Synthesized.telling() : Synthesized.stage(stage)).file();

        // When
        Outcome outcome = run(
                program.toString(),
                "--non-zero-exit-code",
                "warning",
                "--ignore-checks",
                DOUBLE_DEPENDENCY,
                "--",
                template.toString());

        // Then
        assertThat(outcome.output()).isEmpty();
        assertThat(outcome.code()).isZero();
    }

    private static Path installed() throws IOException, InterruptedException {
        Path program = HOME.resolve("bin").resolve("cfn-lint");
        Path stamp = HOME.resolve(VERSION);
        if (Files.exists(stamp)) {
            return program;
        }
        for (List<String> step : List.of(
                List.of("python3", "-m", "venv", HOME.toString()),
                List.of(HOME.resolve("bin").resolve("pip").toString(), "install", "-q", "cfn-lint==" + VERSION))) {
            Outcome outcome = run(step.toArray(String[]::new));
            if (outcome.code() != 0) {
                String reason = "SKIPPED: cfn-lint is not there, and could not be installed: " + outcome.output();
                System.out.println(reason);
                abort(reason);
            }
        }
        Files.createFile(stamp);
        return program;
    }

    private record Outcome(int code, String output) {}

    private static Outcome run(String... command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("cfn-lint", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return new Outcome(-1, "took longer than 5 minutes");
            }
            return new Outcome(process.exitValue(), Files.readString(log));
        } catch (IOException e) {
            return new Outcome(-1, e.getMessage());
        } finally {
            Files.delete(log);
        }
    }
}
