package io.carillon.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.config.Config;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.aws.FakeAws;
import io.carillon.local.gateway.GatewaySettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A runtime stands in for the deployment: what is told of it has no secrets, as a deployed configuration has none. */
class DoctorCommandTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String DEPLOYED = """
            {"client":{"allowed_origins":["https://app.example.com"]},
             "channel":{"without_namespace":{"history_size":10,"history_ttl":"60s"}}}""";

    private final LocalRuntime runtime = LocalRuntime.start(RuntimeSettings.of(Config.read("""
                    {"client":{"token":{"hmac_secret_key":"%s"}},"http_api":{"key":"the-key"},
                     "channel":{"without_namespace":{"history_size":10,"history_ttl":"60s"}}}""".formatted(SECRET)))
            .withGateway(GatewaySettings.defaults().withPort(0)));
    private final FakeAws aws = new FakeAws();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        aws.close();
        runtime.close();
    }

    @Test
    void shouldCheckAStageByItsNameAlone() {
        // Given
        deploy();
        aws.secret("generated-api", "{\"key\":\"the-key\"}");
        aws.secret("generated-token", "{\"hmac_secret_key\":\"" + SECRET + "\"}");

        // When
        Said said = doctor("--stage", "dev");

        // Then: the account of a new deployment may have very few invocations.
        assertThat(said.text())
                .contains("ok       server API", "ok       token", "ok       delivery", "ok       callback URL")
                .contains("the dead-letter queue is empty", "of 5\n")
                .doesNotContain("was not", "were not");
        assertThat(said.status()).isEqualTo(1);
        assertThat(doctor("--stage", "dev", "--concurrency", "1000").text()).contains("All is well.");
    }

    @Test
    void shouldSayWhatWasLeftOutWhereSecretsMayNotBeRead() {
        // Given
        deploy();

        // When
        Said said = doctor("--stage", "dev", "--concurrency", "1000");

        // Then
        assertThat(said.text())
                .contains("warning  secrets", "secretsmanager:GetSecretValue", "warning  API key", "--secrets")
                .contains("no client was tried, nor delivery, nor the callback URL", "ok       clock");
        assertThat(said.status()).isZero();
    }

    @Test
    void shouldTakeTheSecretsOfADeployedConfigurationFromAFileAndAnOption() throws IOException {
        // Given
        deploy();
        Path config = Files.writeString(folder.resolve("carillon.json"), DEPLOYED);
        Path secrets =
                Files.writeString(folder.resolve("secrets.yaml"), "client: {token: {hmac_secret_key: " + SECRET + "}}");
        List<String> addresses = List.of(
                "--config", config.toString(), "--url", url(), "--ws-url", webSocket(), "--concurrency", "1000");

        // When
        Said said = doctor(addresses, "--secrets", secrets.toString(), "--key", "the-key");

        // Then
        assertThat(said.text()).contains("ok       delivery", "ok       callback URL");
        assertThat(doctor(addresses, "--secrets", secrets.toString(), "--key", "another")
                        .text())
                .contains("PROBLEM  API key", "ok       token", "the API key is not known");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2"})
    void shouldRunWithTheConfigurationThatIsDeployedByDefault(String host) {
        // Given: both are this machine, of which doctor knows only the first as such.
        String url = url().replace("127.0.0.1", host);

        // When
        Said said = doctor(
                "--config",
                Path.of("..", "infra-cdk", "carillon.yaml").toString(),
                "--url",
                url,
                "--ws-url",
                webSocket());

        // Then: 2 would say that the command line or the configuration is wrong.
        assertThat(said.status()).isNotEqualTo(2);
        assertThat(said.text()).contains("its secrets were not looked at");
    }

    @Test
    void shouldFindTheQueuesOfAStageToRedrive() {
        // Given
        deploy();

        // Then
        assertThat(Main.run(
                        "redrive",
                        "--stage",
                        "dev",
                        "--aws-endpoint",
                        aws.endpoint().toString()))
                .isZero();
    }

    private void deploy() {
        aws.deploy(
                "dev",
                Map.of(
                        "ServerApiUrl",
                        url() + "/api",
                        "WebSocketUrl",
                        webSocket(),
                        "MailboxQueue",
                        aws.queue("carillon-dev-mailboxes.fifo", 0, 0),
                        "ApiKeySecret",
                        "generated-api",
                        "TokenSecret",
                        "generated-token"),
                DEPLOYED);
    }

    private String url() {
        return "http://127.0.0.1:" + runtime.port();
    }

    private String webSocket() {
        return "ws://127.0.0.1:" + runtime.port() + "/connection/websocket";
    }

    private record Said(int status, String text) {}

    private Said doctor(String... arguments) {
        return doctor(List.of(), arguments);
    }

    private Said doctor(List<String> first, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("doctor", "--aws-endpoint", aws.endpoint().toString()));
        arguments.addAll(first);
        arguments.addAll(List.of(more));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            return new Said(Main.run(arguments.toArray(String[]::new)), said.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
        }
    }
}
