package io.carillon.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bogus",
                "dev --port 99999",
                "dev --aws-endpoint nonsense",
                "dev --config no-such-file.json",
                "dev --data a --aws-endpoint http://localhost:1",
                "dev --latency no-such-file.yaml",
                "cost --scenario bogus",
                "cost --prices no-such-file.yaml",
                "cost --latency no-such-file.yaml",
                "cost --deliveries 0",
                "waterfall --fan-out 0",
                "waterfall --publications 0",
                "waterfall --latency no-such-file.yaml",
                "publish",
                "publish chat:demo {x",
                "publish chat:demo {} --url foo",
                "token",
                "token --user alice --ttl banana",
                "token --user alice --ttl 0s",
                "token --user alice --info {bad",
                "doctor --url foo",
                "doctor --url http://example.com",
                "doctor --connections -1",
                "doctor --concurrency 0",
                "doctor --secrets no-such-file.yaml",
                "redrive --url http://example.com",
            })
    void shouldExitWith2WhenTheCommandLineIsWrong(String arguments) {
        assertThat(Main.run(arguments.split(" "))).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "dev --help",
                "token --help",
                "publish --help",
                "load --help",
                "cost --help",
                "doctor --help",
                "redrive --help",
                "--version"
            })
    void shouldExitWith0WhenAskedForHelp(String arguments) {
        assertThat(Main.run(arguments.split(" "))).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"token --user alice", "token --user alice --channel chat:demo --ttl 2h --info {}"})
    void shouldExitWith0WhenItDidWhatWasAsked(String arguments) {
        assertThat(Main.run(arguments.split(" "))).isZero();
    }
}
