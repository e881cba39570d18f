package io.carillon.local.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.Config;
import io.carillon.events.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DevPagesTest {

    private static final String CONFIG = """
            {
              "client": {"token": {"hmac_secret_key": "a secret", "audience": "chat", "issuer": "tests"}},
              "http_api": {"key": "a key"},
              "channel": {"namespaces": [
                {"name": "cursors", "allow_subscribe_for_client": true},
                {"name": "chat", "presence": true, "history_size": 10, "history_ttl": "60s", "force_recovery": true}
              ]}
            }""";

    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

    @TempDir
    private Path root;

    private PagesServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    private void start() {
        start(CONFIG);
    }

    private void start(String config) {
        server = PagesServer.start(new DevPages(Config.read(config), Optional.of(root), () -> NOW));
    }

    @Test
    void shouldServeThePageWithPolicyThatAllowsOnlyItsOwnServer() {
        // Given
        start();

        // When
        HttpResponse<String> answer = server.get("/");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("<!doctype html>");
        assertThat(header(answer, "Content-Type")).isEqualTo("text/html;charset=utf-8");
        assertThat(header(answer, "Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
                .contains("connect-src 'self' ws://" + server.authority() + " wss://" + server.authority() + ";")
                .doesNotContain("unsafe");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void shouldServeEveryFileThatThePageAndItsModulesName() {
        // Given
        start();
        Pattern named = Pattern.compile("(?:href|src)=\"(/[^\"]+)\"");
        Pattern imported = Pattern.compile("from '\\./([^']+)'");

        // When
        Stream<String> pages = matches(named, server.get("/").body()).filter(path -> !path.startsWith("/vendor"));
        Stream<String> modules = matches(
                        imported,
                        server.get("/app/main.js").body()
                                + server.get("/app/member.js").body()
                                + server.get("/app/pane.js").body())
                .map(name -> "/app/" + name);

        // Then
        assertThat(Stream.concat(pages, modules))
                .hasSizeGreaterThan(15)
                .allSatisfy(path ->
                        assertThat(server.get(path).statusCode()).as(path).isEqualTo(200));
    }

    @ParameterizedTest
    @CsvSource({
        "/app/main.js, text/javascript;charset=utf-8",
        "/style/base.css, text/css;charset=utf-8",
        "/favicon.svg, image/svg+xml"
    })
    void shouldSayWhatTypeEachFileHas(String path, String contentType) {
        // Given
        start();

        // Then
        assertThat(header(server.get(path), "Content-Type")).isEqualTo(contentType);
    }

    @Test
    void shouldAnswerNotModifiedWhenBrowserHasTheFile() {
        // Given
        start();
        HttpResponse<String> first = server.get("/style/base.css");
        String etag = header(first, "ETag");

        // When
        HttpResponse<String> again = server.get("/style/base.css", "If-None-Match", "\"other\", W/" + etag);
        HttpResponse<String> changed = server.get("/style/base.css", "If-None-Match", "\"other\"");

        // Then
        assertThat(header(first, "Cache-Control")).isEqualTo("no-cache");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(changed.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nothing", "/app/", "/app/../DevPages.class", "/app/%2e%2e/index.html.bak", "//app/main.js"})
    void shouldAnswerNotFoundWhenPathIsNoFileOfThePage(String path) {
        // Given
        start();

        // Then
        // Jetty refuses what could be read in two ways before it gets here.
        assertThat(server.get(path).statusCode()).isIn(400, 404);
    }

    @Test
    void shouldRefuseMethodsThatChangeSomething() {
        // Given
        start();

        // When
        HttpResponse<String> answer = server.send("POST", "/dev/token?user=alice");

        // Then
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(header(answer, "Allow")).isEqualTo("GET, HEAD");
    }

    @Test
    void shouldServeTheClientLibraryAsNpmInstalledIt() throws IOException {
        // Given
        start();
        Path folder = root.resolve("local/web/node_modules/centrifuge/dist");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("centrifuge.js"), "globalThis.Centrifuge = 1;");

        // When
        HttpResponse<String> answer = server.get("/vendor/centrifuge.js");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("globalThis.Centrifuge = 1;");
        assertThat(header(answer, "Content-Type")).isEqualTo("text/javascript;charset=utf-8");
    }

    @Test
    void shouldNameTheRemedyWhenTheClientLibraryIsNotInstalled() {
        // Given
        start();

        // When
        HttpResponse<String> answer = server.get("/vendor/centrifuge.js");

        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("npm ci in local/web", "./carillon dev");
    }

    @Test
    void shouldNameTheRemedyWhenNobodySaidWhereTheClientLibraryIs() {
        // Given
        server = PagesServer.start(new DevPages(Config.read(CONFIG), Optional.empty(), () -> NOW));

        // When
        HttpResponse<String> answer = server.get("/vendor/centrifuge.js");

        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("-Dcarillon.root=");
    }

    @Test
    void shouldTellThePageWhatItCannotKnow() {
        // Given
        start();

        // When
        HttpResponse<String> answer = server.get("/dev/config");

        // Then
        JsonNode config = Json.read(answer.body(), JsonNode.class);
        assertThat(config.path("apiKey").asText()).isEqualTo("a key");
        assertThat(config.path("tokens").asBoolean()).isTrue();
        assertThat(config.path("channel").asText()).isEqualTo("chat:demo");
        assertThat(config.path("namespaces").findValuesAsText("name")).containsExactly("cursors", "chat");
        assertThat(config.path("namespaces").get(2).path("recovery").asBoolean())
                .isTrue();
        assertThat(config.path("namespaces").get(2).path("subscribe").asBoolean())
                .isFalse();
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
        assertThat(answer.body()).doesNotContain("a secret");
    }

    @Test
    void shouldShowChannelThatUsersMaySubscribeToWhenThereIsNoNamespaceChat() {
        // Given
        start("""
                {"client": {"allow_anonymous_connect_without_token": true}, "channel": {"namespaces": [
                  {"name": "closed"}, {"name": "open", "allow_subscribe_for_client": true}]}}""");

        // Then
        JsonNode config = Json.read(server.get("/dev/config").body(), JsonNode.class);
        assertThat(config.path("channel").asText()).isEqualTo("open:demo");
        assertThat(config.path("tokens").asBoolean()).isFalse();
    }

    private static Stream<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult match) -> match.group(1));
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
