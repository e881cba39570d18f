package io.carillon.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.config.Config;
import io.carillon.config.SecretSection;
import io.carillon.events.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs the commands of {@code docs/operations/rotate-keys.md}, as they stand there, and has functions read the outcome. */
class RotateKeysTest {

    private static final Pattern EDIT = Pattern.compile("edit \"\\$[A-Z_]+\" [^']*'([^']+)'", Pattern.DOTALL);
    private static final ObjectNode CONFIG = Json.read("""
            {"client":{"proxy":{"connect":{"endpoint":"https://a.example","http":{"static_headers":{"X-Api-Key":""}}}}}}""", ObjectNode.class);

    private final List<String> steps = steps();

    private static List<String> steps() {
        try {
            return EDIT.matcher(Files.readString(Path.of("../docs/operations/rotate-keys.md")))
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void needJq() {
        assumeTrue(
                List.of(System.getenv("PATH").split(":")).stream()
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "jq"))),
                "jq is not installed: the commands of docs/operations/rotate-keys.md are not tried");
    }

    @Test
    void shouldReplaceOneApiKeyAndLeaveThoseOfOtherBackends() {
        // Given
        String secret = "{\"key\":\"old\",\"keys\":[\"billing\"]}";

        // When
        String both = jq(steps.get(0), secret);
        String after = jq(steps.get(1), both);

        // Then
        assertThat(keys(both)).containsExactlyInAnyOrder("old", "billing", "new");
        assertThat(keys(after)).containsExactly("new", "billing");
    }

    @Test
    void shouldReplaceAKeyOfTheListAndTheOnlyOne() {
        assertThat(keys(jq(steps.get(1), jq(steps.get(0), "{\"key\":\"billing\",\"keys\":[\"old\"]}"))))
                .containsExactly("billing", "new");
        assertThat(keys(jq(steps.get(1), jq(steps.get(0), "{\"key\":\"old\"}"))))
                .containsExactly("new");
    }

    @Test
    void shouldAcceptBothTokenSecretsUntilTheOldOneIsTakenAway() {
        // When
        String both = jq(steps.get(2), "{\"hmac_secret_key\":\"old\"}");
        String after = jq(steps.get(3), both);

        // Then
        var rotating = config(SecretSection.TOKEN, both).client().token();
        assertThat(rotating.hmacSecretKey()).isEqualTo("new");
        assertThat(rotating.hmacPreviousSecretKey()).isEqualTo("old");
        assertThat(rotating.hmacPreviousSecretKeyValidUntil()).isEqualTo(1234);
        var rotated = config(SecretSection.TOKEN, after).client().token();
        assertThat(rotated.hmacSecretKey()).isEqualTo("new");
        assertThat(rotated.hmacPreviousSecretKey()).isEmpty();
    }

    @Test
    void shouldReplaceOneStaticHeader() {
        // When
        String secret =
                jq(steps.get(4), "{\"client.proxy.connect\":{\"X-Api-Key\":\"old\"},\"rpc.proxy\":{\"A\":\"b\"}}");

        // Then
        assertThat(secret).contains("\"rpc.proxy\"");
        assertThat(config(SecretSection.PROXIES, secret)
                        .client()
                        .proxy()
                        .connect()
                        .proxy()
                        .http()
                        .staticHeaders())
                .isEqualTo(Map.of("X-Api-Key", "new"));
    }

    @Test
    void shouldLeaveNothingOfAStolenKey() {
        assertThat(keys(jq(steps.get(5), "{\"key\":\"old\",\"keys\":[\"billing\"]}")))
                .containsExactly("new", "billing");
        assertThat(keys(jq(steps.get(5), "{\"key\":\"billing\",\"keys\":[\"old\"]}")))
                .containsExactly("billing", "new");
        assertThat(keys(jq(steps.get(5), "{\"key\":\"old\"}"))).containsExactly("new");
        assertThat(jq(steps.get(6), "{\"hmac_secret_key\":\"old\",\"hmac_previous_secret_key\":\"older\"}"))
                .isEqualTo("{\"hmac_secret_key\":\"new\"}");
    }

    @Test
    void shouldKnowEveryCommandOfThePage() {
        assertThat(steps).hasSize(7);
    }

    private static List<String> keys(String secret) {
        return config(SecretSection.API, secret).httpApi().accepted();
    }

    private static Config config(SecretSection section, String secret) {
        return Config.read(StoredSecrets.lay(Map.of(section, secret), CONFIG));
    }

    private static String jq(String program, String secret) {
        try {
            Process jq = new ProcessBuilder(
                            "jq",
                            "-c",
                            "--arg",
                            "old",
                            "old",
                            "--arg",
                            "new",
                            "new",
                            "--argjson",
                            "until",
                            "1234",
                            program)
                    .redirectErrorStream(true)
                    .start();
            try (var input = jq.outputWriter()) {
                input.write(secret);
            }
            String answer = new String(jq.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(jq.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(jq.exitValue()).as(answer).isZero();
            return answer.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
