package io.carillon.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {

    @TempDir
    private Path directory;

    @Test
    void shouldReadTheDevelopmentConfigurationWhenNoFileIsNamed() {
        assertThat(ConfigFile.read(Optional.empty()).httpApi().key()).isEqualTo("carillon-development-key");
    }

    @Test
    void shouldResolveAliasesSoThatNoSecretIsTheNameOfAnAnchor() throws IOException {
        // Given
        Path file = file("config.yaml", """
                client: {token: {hmac_secret_key: &secret a-secret-of-thirty-two-characters}}
                http_api: {key: *secret}
                """);

        // When
        Config config = ConfigFile.read(Optional.of(file));

        // Then
        assertThat(config.httpApi().key()).isEqualTo("a-secret-of-thirty-two-characters");
    }

    @Test
    void shouldRefuseAKeyThatIsGivenTwiceInYaml() throws IOException {
        requireRefused("config.yaml", "client: {insecure: true}\nclient: {}\n", "duplicate key client");
    }

    @Test
    void shouldRefuseASecondDocumentInYaml() throws IOException {
        requireRefused("config.yaml", "client: {insecure: true}\n---\nother: 1\n", "single document");
    }

    @Test
    void shouldRefuseAKeyThatIsGivenTwiceInJson() throws IOException {
        requireRefused("config.json", "{\"client\":{\"insecure\":true},\"client\":{}}", "Duplicate field 'client'");
    }

    @Test
    void shouldRefuseWhatFollowsTheJson() throws IOException {
        requireRefused("config.json", "{\"client\":{\"insecure\":true}} trailing", "trailing");
    }

    @Test
    void shouldNameTheLineOfASyntaxError() throws IOException {
        requireRefused("config.json", "{\n  \"client\": nope\n}", "line 2");
    }

    @Test
    void shouldSayThatAFileDoesNotExist() {
        assertThatThrownBy(() -> ConfigFile.read(Optional.of(directory.resolve("none.json"))))
                .isInstanceOf(Misconfigured.class)
                .hasMessageEndingWith("none.json does not exist");
    }

    @Test
    void shouldNameEveryKeyThatIsWrong() throws IOException {
        requireRefused(
                "config.json",
                "{\"client\":{\"insecure\":true},\"channel\":{\"without_namespace\":{\"history_sise\":1}}}",
                "channel.without_namespace.history_sise");
    }

    private void requireRefused(String name, String text, String reason) throws IOException {
        Path file = file(name, text);
        assertThatThrownBy(() -> ConfigFile.read(Optional.of(file)))
                .isInstanceOf(Misconfigured.class)
                .hasMessageContaining(reason);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
