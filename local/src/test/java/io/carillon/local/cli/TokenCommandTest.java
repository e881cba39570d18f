package io.carillon.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.config.Config;
import io.carillon.token.ConnectionClaims;
import io.carillon.token.TokenVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TokenCommandTest {

    private static final String SECRET = "hmac_secret_key: a-secret-of-thirty-two-characters";

    @TempDir
    private Path directory;

    @Test
    void shouldMakeTokenThatTheConfigurationAcceptsWhenItWantsAudienceAndIssuer() throws IOException {
        // Given
        Path file = config("audience: my-app, issuer: 'https://auth.example.com/'");

        // When
        StringWriter printed = new StringWriter();
        new CommandLine(new TokenCommand())
                .setOut(new PrintWriter(printed))
                .execute("--user", "alice", "--config", file.toString());

        // Then
        assertAccepted(file, printed.toString().strip());
    }

    @Test
    void shouldExitWith2UnlessTheClaimThatNobodyCanGuessIsGiven() throws IOException {
        // Given
        String file = config("audience_regex: '^(web|app)-'").toString();

        // Then
        assertThat(Main.run("token", "--user", "alice", "--config", file)).isEqualTo(2);
        assertThat(Main.run("token", "--user", "alice", "--config", file, "--audience", "tv-1"))
                .isEqualTo(2);
        assertThat(Main.run("token", "--user", "alice", "--config", file, "--audience", "web-1"))
                .isZero();
    }

    @Test
    void shouldPrintTokenThatTheConfigurationAcceptsWhenTheRuntimeStarts() throws IOException {
        // Given
        Path file = config("audience: my-app, issuer: us");

        // When
        String banner = Banner.of(ConfigFile.read(Optional.of(file)), "127.0.0.1", 8000, Duration.ofSeconds(1));

        // Then
        assertAccepted(
                file,
                banner.lines()
                        .map(String::strip)
                        .filter(line -> line.startsWith("ey"))
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void shouldSayWhyThereIsNoTokenWhenTheRuntimeStarts() throws IOException {
        // Given
        Path file = config("issuer_regex: '^https://'");

        // When
        String banner = Banner.of(ConfigFile.read(Optional.of(file)), "127.0.0.1", 8000, Duration.ofSeconds(1));

        // Then
        assertThat(banner).contains("(none: the claim iss must match client.token.issuer_regex");
    }

    private static void assertAccepted(Path file, String token) {
        Config config = ConfigFile.read(Optional.of(file));
        assertThat(new TokenVerifier(config.client(), InstantSource.system()).connection(token))
                .isInstanceOfSatisfying(
                        ConnectionClaims.class,
                        claims -> assertThat(claims.user()).isEqualTo("alice"));
    }

    private Path config(String token) throws IOException {
        return Files.writeString(directory.resolve("aud.yaml"), "client: {token: {" + SECRET + ", " + token + "}}\n");
    }
}
