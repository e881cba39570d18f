package io.carillon.local.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.config.Config;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on the demo page, whose channel names and payloads are whatever somebody publishes. */
class PageAttacksTest {

    private static final String CONFIG = """
            {"client": {"token": {"hmac_secret_key": "secret"}}, "http_api": {"key": "key"},
             "channel": {"namespaces": [{"name": "chat"}]}}""";

    /** What turns text into markup or code; the page has to do without any of it. */
    private static final Pattern SINKS =
            Pattern.compile("innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment"
                    + "|document\\.write|DOMParser|srcdoc|setHTML|\\beval\\b|new Function|javascript:"
                    + "|setAttribute\\(\\s*['\"`]on");

    @TempDir
    private Path root;

    private PagesServer server;

    @BeforeEach
    void start() {
        server = PagesServer.start(new DevPages(Config.read(CONFIG), Optional.of(root), InstantSource.system()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/?channel=%3Cscript%3Ealert(1)%3C/script%3E&left=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
                "/%3Cscript%3Ealert(1)%3C/script%3E",
                "/dev/token?user=%3Cscript%3Ealert(1)%3C/script%3E%00",
                "/dev/token?user=a&channel=%3Cscript%3Ealert(1)%3C/script%3E"
            })
    void scriptInTheAddressShouldNotComeBackAsMarkup(String path) {
        HttpResponse<String> answer = server.get(path);

        assertThat(answer.body()).doesNotContain("<script>alert", "onerror=alert");
        assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(answer.headers().firstValue("content-security-policy")).isPresent();
    }

    @Test
    void everyAnswerShouldForbidInlineScriptsFramesAndForeignServers() {
        Stream<HttpResponse<String>> answers = Stream.concat(
                Stream.of(
                                "/",
                                "/app/main.js",
                                "/style/base.css",
                                "/favicon.svg",
                                "/vendor/centrifuge.js",
                                "/none",
                                "/dev/config",
                                "/dev/token?user=a",
                                "/dev/faults")
                        .map(server::get),
                Stream.of(server.send("DELETE", "/"), server.get("/dev/config", "Origin", "https://evil.example")));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.headers().firstValue("content-security-policy").orElse(""))
                    .as(answer.uri().getPath())
                    .contains("default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe", "*", "https:", "data:;script");
            assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
            assertThat(answer.headers().firstValue("referrer-policy")).contains("no-referrer");
            assertThat(answer.headers().firstValue("cross-origin-resource-policy"))
                    .contains("same-origin");
            assertThat(answer.headers().firstValue("access-control-allow-origin"))
                    .isEmpty();
        });
    }

    @Test
    void pageShouldHoldNoInlineScriptStyleOrHandler() {
        String page = server.get("/").body();

        assertThat(page)
                .doesNotContain("<style")
                .doesNotContainPattern("\\son[a-z]+\\s*=")
                .doesNotContainPattern("\\sstyle=");
        assertThat(Pattern.compile("<script(?![^>]*\\ssrc=)").matcher(page).find())
                .isFalse();
    }

    @Test
    void scriptsShouldHaveNoWayToTurnPayloadsIntoMarkup() {
        // Given: every module, as they name each other
        String main = server.get("/app/main.js").body();
        Stream<String> names = Stream.of(
                "main",
                "dom",
                "server",
                "codes",
                "network",
                "sequence",
                "recovery",
                "member",
                "pane",
                "messages",
                "presence",
                "tabs",
                "frames",
                "faults",
                "publish",
                "state",
                "token");

        // Then
        assertThat(main).contains("import");
        assertThat(names).allSatisfy(name -> {
            HttpResponse<String> module = server.get("/app/" + name + ".js");
            assertThat(module.statusCode()).as(name).isEqualTo(200);
            assertThat(module.body()).as(name).doesNotContainPattern(SINKS);
        });
    }

    @Test
    void hostHeaderShouldNotWriteThePolicy() {
        String answer = server.raw("GET / HTTP/1.1\r\nHost: a; script-src *\r\nConnection: close\r\n\r\n");

        assertThat(answer).doesNotContain("script-src *");
    }
}
