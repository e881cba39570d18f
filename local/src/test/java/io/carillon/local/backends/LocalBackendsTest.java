package io.carillon.local.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.carillon.config.FailureConfig;
import io.carillon.config.ProxyConfig;
import io.carillon.config.ProxyHttpConfig;
import io.carillon.config.StatusTransform;
import io.carillon.local.Await;
import io.carillon.proxy.Backend;
import io.carillon.proxy.BackendFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Starts real processes: the node of the PATH, and this JDK's java. */
class LocalBackendsTest {

    private static final Duration GENEROUS = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private LocalBackends backends = new LocalBackends(Map.of());

    @AfterEach
    void close() {
        backends.close();
    }

    @Test
    void shouldCallTheHandlerOfANodeModule() throws IOException {
        // Given
        Backend backend = backend("proxy.mjs", """
                export const handler = async (event, context) => ({
                  result: { data: { event, proxy: context.clientContext.custom.proxy, key: context.clientContext.custom['x-key'],
                    name: context.functionName, arn: context.invokedFunctionArn, left: context.getRemainingTimeInMillis() > 0 } },
                });
                """, GENEROUS);

        // When
        String answer = backend.ask("connect", "{\"user\":\"ä\"}", Map.of("x-key", "k"));

        // Then
        assertThat(answer)
                .isEqualTo(
                        "{\"result\":{\"data\":{\"event\":{\"user\":\"ä\"},\"proxy\":\"connect\",\"key\":\"k\","
                                + "\"name\":\"chat\",\"arn\":\"arn:aws:lambda:eu-west-1:123456789012:function:chat:live\",\"left\":true}}}");
    }

    @Test
    void shouldCallTheHandlerOfACommonJsModule() throws IOException {
        // Given
        Backend backend = backend("proxy.cjs", "exports.handler = async event => ({ result: event });", GENEROUS);

        // Then
        assertThat(backend.ask("rpc", "{}", Map.of())).isEqualTo("{\"result\":{}}");
    }

    @Test
    void shouldCallTheHandlerOfAJavaSource() throws IOException {
        // Given
        Backend backend = backend("ChatBackend.java", """
                import com.amazonaws.services.lambda.runtime.Context;
                import com.amazonaws.services.lambda.runtime.RequestHandler;
                import java.util.Map;

                public class ChatBackend implements RequestHandler<Map<String, Object>, Map<String, Object>> {
                    private record Named(String proxy) {}

                    @Override
                    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
                        var named = new Named(context.getClientContext().getCustom().get("proxy"));
                        return Map.of("result", Map.of("data", event.get("user") + " " + named.proxy()));
                    }
                }
                """, GENEROUS);

        // Then
        assertThat(backend.ask("publish", "{\"user\":\"ä\"}", Map.of()))
                .isEqualTo("{\"result\":{\"data\":\"ä publish\"}}");
    }

    @Test
    void shouldCallAStreamHandlerInJava() throws IOException {
        // Given
        Backend backend = backend("Echo.java", """
                package app;

                import com.amazonaws.services.lambda.runtime.Context;
                import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
                import java.io.IOException;
                import java.io.InputStream;
                import java.io.OutputStream;

                class Echo implements RequestStreamHandler {
                    @Override
                    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
                        in.transferTo(out);
                    }
                }
                """, GENEROUS);

        // Then
        assertThat(backend.ask("rpc", "{\"a\":1.0}", Map.of())).isEqualTo("{\"a\":1.0}");
    }

    @Test
    void shouldFailAsTheFunctionDoesAndGoOn() throws IOException {
        // Given
        Backend backend = backend("proxy.mjs", """
                export const handler = async event => {
                  if (event.mood === 'throw') {
                    throw new TypeError('no such room');
                  }
                  if (event.mood === 'die') {
                    process.exit(3);
                  }
                  return { result: {} };
                };
                """, GENEROUS);

        // Then
        assertThatThrownBy(() -> backend.ask("rpc", "{\"mood\":\"throw\"}", Map.of()))
                .isInstanceOf(BackendFailure.class)
                .hasMessageContaining("\"errorType\":\"TypeError\"")
                .hasMessageContaining("no such room");
        assertThatThrownBy(() -> backend.ask("rpc", "{\"mood\":\"die\"}", Map.of()))
                .isInstanceOf(BackendFailure.class)
                .hasMessageContaining("Runtime exited with error: exit status 3");
        assertThat(backend.ask("rpc", "{}", Map.of())).isEqualTo("{\"result\":{}}");
    }

    @Test
    void shouldNotWaitLongerThanTheProxyMay() throws IOException {
        // Given
        Backend backend = backend(
                "proxy.mjs",
                "export const handler = () => new Promise(resolve => setTimeout(resolve, 60_000));",
                Duration.ofMillis(100));

        // Then
        assertThatThrownBy(() -> backend.ask("rpc", "{}", Map.of()))
                .isInstanceOf(BackendFailure.class)
                .hasMessageContaining("did not answer in time");
    }

    @Test
    void shouldServeCallsSideBySide() throws Exception {
        // Given
        Backend backend = backend("proxy.mjs", """
                import { existsSync, writeFileSync } from 'node:fs';
                import { setTimeout as pause } from 'node:timers/promises';
                export const handler = async ({ mine, other }) => {
                  writeFileSync(mine, '');
                  while (!existsSync(other)) {
                    await pause(5);
                  }
                  return { result: {} };
                };
                """, GENEROUS);
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");

        // When: each ends only when the other has begun.
        Thread first = Thread.startVirtualThread(() -> backend.ask("rpc", meeting(one, two), Map.of()));

        // Then
        assertThat(backend.ask("rpc", meeting(two, one), Map.of())).isEqualTo("{\"result\":{}}");
        first.join(GENEROUS);
    }

    private static String meeting(Path mine, Path other) {
        return "{\"mine\":\"%s\",\"other\":\"%s\"}".formatted(mine, other);
    }

    @Test
    void shouldRunTheFileAsItIsNow() throws IOException {
        // Given
        Backend backend = backend("proxy.mjs", "export const handler = async () => 1;", GENEROUS);
        assertThat(backend.ask("rpc", "{}", Map.of())).isEqualTo("1");

        // When
        Path file = folder.resolve("proxy.mjs");
        Files.writeString(file, "export const handler = async () => 2;");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));

        // Then
        assertThat(backend.ask("rpc", "{}", Map.of())).isEqualTo("2");
    }

    @Test
    void shouldSayWhatIsWrongWithAFile() throws IOException {
        assertThatThrownBy(() ->
                        backend("a.mjs", "export const handle = 1;", GENEROUS).ask("rpc", "{}", Map.of()))
                .hasMessageContaining("exports no function");
        backends.close();
        assertThatThrownBy(() -> backend("b.mjs", "export const handler = (event, context, callback) => {};", GENEROUS)
                        .ask("rpc", "{}", Map.of()))
                .hasMessageContaining("make it async");
        backends.close();
        assertThatThrownBy(() -> backend("C.java", "class C {}", GENEROUS).ask("rpc", "{}", Map.of()))
                .hasMessageContaining("holds no class that implements RequestStreamHandler");
        backends.close();
        assertThatThrownBy(() -> backend("D.java", "class D {", GENEROUS).ask("rpc", "{}", Map.of()))
                .hasMessageContaining("does not compile")
                .hasMessageContaining("reached end of file while parsing");
    }

    @Test
    void shouldLogTheCompilersWordsInFull() throws IOException {
        // Given
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(LocalFunction.class);
        logger.addAppender(log);

        // When
        Backend backend = backend("E.java", "class E {\n" + "    missing.Type field;\n".repeat(9) + "}\n", GENEROUS);
        assertThatThrownBy(() -> backend.ask("rpc", "{}", Map.of())).isInstanceOf(BackendFailure.class);
        Await.until(() -> !log.list.isEmpty());
        logger.detachAppender(log);

        // Then
        assertThat(List.copyOf(log.list))
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(line -> line.contains("does not compile"))
                .singleElement()
                .asString()
                .contains("E.java:10: error: package missing does not exist", "9 errors");
    }

    @Test
    void shouldCallTheGuidesOwnSample() throws IOException {
        // Given
        String guide = Files.readString(Path.of("../docs/guides/proxies.md"));
        Backend backend =
                backend("ChatBackend.java", guide.split("```java\n")[1].split("```")[0], GENEROUS);

        // Then
        assertThat(backend.ask("connect", "{}", Map.of())).isEqualTo("{\"result\":{\"user\":\"alice\"}}");
        assertThat(backend.ask("rpc", "{}", Map.of())).contains("\"code\":404");
    }

    @Test
    void shouldNameTheRemedyWhereThereIsNoFile() {
        assertThatThrownBy(() -> backends.at(config(GENEROUS)).ask("rpc", "{}", Map.of()))
                .isInstanceOf(BackendFailure.class)
                .hasMessageContaining("--function chat=FILE");
        assertThatThrownBy(() -> new LocalBackends(Map.of("chat", folder.resolve("missing.mjs"))))
                .hasMessageContaining("There is no file " + folder.resolve("missing.mjs"));
        assertThatThrownBy(() -> new LocalBackends(Map.of("chat", folder.resolve("proxy.py"))))
                .hasMessageContaining(".js, .mjs, .cjs or .java");
    }

    private Backend backend(String file, String code, Duration timeout) throws IOException {
        backends = new LocalBackends(Map.of("chat", Files.writeString(folder.resolve(file), code)));
        return backends.at(config(timeout));
    }

    private static ProxyConfig config(Duration timeout) {
        return new ProxyConfig(
                "arn:aws:lambda:eu-west-1:123456789012:function:chat:live",
                timeout,
                List.of(),
                false,
                new ProxyHttpConfig(Map.of(), List.of()),
                new FailureConfig(
                        new StatusTransform.ErrorTransform(0, "", false),
                        new StatusTransform.DisconnectTransform(0, ""),
                        false));
    }
}
