package io.carillon.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadCommandTest {

    @Test
    void shouldExitWithTwoWhenTheNumbersDoNotGoTogether() {
        assertThat(Main.run("load", "--channels", "2", "--subscriptions", "3")).isEqualTo(2);
    }

    @Test
    void shouldExitWithTwoWhenTheAddressIsNone() {
        assertThat(Main.run("load", "--url", "localhost:8000")).isEqualTo(2);
    }

    @Test
    void shouldExitWithOneWhenNothingAnswers() {
        assertThat(Main.run("load", "--url", "http://127.0.0.1:1")).isEqualTo(1);
    }

    @Test
    void shouldExitWithTwoWhenAScenarioIsWrong(@TempDir Path folder) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("my.yaml"), "cliens: 3");

        // When / Then
        assertThat(Main.run("load", "--scenario", file.toString())).isEqualTo(2);
        assertThat(Main.run("load", "--scenario", "nothing-of-the-kind")).isEqualTo(2);
        assertThat(Main.run("load", "--clients", "0")).isEqualTo(2);
        assertThat(Main.run("load", "--search", "1")).isEqualTo(2);
        assertThat(Main.run("load", "--hmac-secret-file", folder + "/none")).isEqualTo(2);
        assertThat(Main.run("load", "--ws-url", "https://no-socket")).isEqualTo(2);
    }

    @Test
    void shouldTakeTheCommandLineOverTheFileAndWriteTheReports(@TempDir Path folder) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("my.yaml"), """
                clients: 100000
                channels: 2
                subscriptions: 1
                publications: 40
                disconnects: 0
                """);
        Path json = folder.resolve("report.json");
        Path html = folder.resolve("report.html");

        // When
        int exit = Main.run(
                "load",
                "--start",
                "--scenario",
                file.toString(),
                "--clients=4",
                "--json",
                json.toString(),
                "--html",
                html.toString());

        // Then
        assertThat(exit).isZero();
        JsonNode scenario = Json.read(Files.readString(json), JsonNode.class).get("scenario");
        assertThat(scenario.get("clients").asInt()).isEqualTo(4);
        assertThat(scenario.get("publications").asInt()).isEqualTo(40);
        assertThat(html).content().contains("<svg").contains("clients: 4");
    }

    @Test
    void shouldExitWithTwoBeforeAnythingRunsWhenAFaultCannotBeRead() {
        assertThat(Main.run("load", "--start", "--fault", "kil function=deliver"))
                .isEqualTo(2);
        assertThat(Main.run("load", "--fault", "gone every=0")).isEqualTo(2);
    }

    @Test
    void shouldExitWithTwoBeforeAnythingRunsWhenAReportHasNoPlace(@TempDir Path folder) {
        assertThat(Main.run("load", "--start", "--html", folder + "/none/report.html"))
                .isEqualTo(2);
        assertThat(Main.run("load", "--start", "--json", folder.toString())).isEqualTo(2);
        assertThat(Main.run("cost", "--json", folder + "/none/cost.json")).isEqualTo(2);
    }

    @Test
    void shouldExitWithTwoWhenFewerThanNoneAreToBeSearched() {
        assertThat(Main.run("load", "--start", "--search", "-1")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --ws-url ws://h/s                                          | --ws-url needs --api-url beside it, or --url
            --api-url http://h/api                                     | --api-url needs --ws-url beside it, or --url
            --ws-url ws://h/s --api-url http://h/api --slow 1          | --fault, --slow and --dead need --start, or --url
            --start --url http://h                                     | --start runs Carillon in this process, so it does not go with --url
            --start --ws-url ws://h/s --api-url http://h/api           | does not go with --ws-url
            """)
    void shouldExitWithTwoAndNameTheOptionWhenTheAddressesLeaveOpenWhereSomethingGoes(
            String arguments, String problem) {
        // Given
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));

        // When
        int exit;
        try {
            exit = Main.run(("load " + arguments).split(" "));
        } finally {
            System.setErr(before);
        }

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains(problem);
    }

    @Test
    void shouldWriteTheReportOfTheLastScenarioOfASearch(@TempDir Path folder) throws IOException {
        // Given
        Path json = folder.resolve("report.json");
        Path html = folder.resolve("report.html");

        // When
        int exit = Main.run(
                "load",
                "--start",
                "--search",
                "1",
                "--seed",
                "3",
                "--json",
                json.toString(),
                "--html",
                html.toString());

        // Then
        assertThat(exit).isZero();
        assertThat(Json.read(Files.readString(json), JsonNode.class)
                        .get("passed")
                        .asBoolean())
                .isTrue();
        assertThat(html).content().contains("Passed: every promise was kept");
    }

    @Test
    void shouldListTheScenarios() {
        assertThat(Main.run("load", "--list-scenarios")).isZero();
    }
}
