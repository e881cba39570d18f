package io.carillon.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

    private final LoggerContext context = new LoggerContext();
    private final Logger log = context.getLogger("io.carillon.test");
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void start() {
        context.setMDCAdapter(new ch.qos.logback.classic.util.LogbackMDCAdapter());
        JsonLines lines = new JsonLines();
        lines.setContext(context);
        lines.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(lines);
        appender.setOutputStream(out);
        appender.start();
        log.addAppender(appender);
    }

    @Test
    void shouldWriteFieldsFlatAndNumbersAsNumbers() {
        // Given
        context.getMDCAdapter().put("connection", "abc=");
        context.getMDCAdapter().put("channel", "of the thread");

        // When
        log.atInfo().addKeyValue("channel", "chat:1").addKeyValue("code", 3501).log("Told \"{}\"", "so");

        // Then
        JsonNode line = line();
        assertThat(line.path("message").asText()).isEqualTo("Told \"so\"");
        assertThat(line.path("level").asText()).isEqualTo("INFO");
        assertThat(line.path("logger").asText()).isEqualTo("io.carillon.test");
        assertThat(line.path("connection").asText()).isEqualTo("abc=");
        assertThat(line.path("channel").asText()).isEqualTo("chat:1");
        assertThat(line.path("code").isInt()).isTrue();
    }

    @Test
    void shouldWriteAnExceptionIntoTheSameLine() {
        // When
        log.error("Failed", new IllegalStateException("broken\npipe"));

        // Then
        JsonNode exception = line().path("exception");
        assertThat(exception.path("type").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(exception.path("message").asText()).isEqualTo("broken\npipe");
        assertThat(exception.path("stack").asText()).contains("JsonLinesTest");
    }

    @Test
    void shouldTakeTheLevelFromItsOwnVariableAndElseFromLambdas() {
        // Then
        assertThat(FunctionLog.level(Map.of())).isEqualTo(Level.INFO);
        assertThat(FunctionLog.level(Map.of("AWS_LAMBDA_LOG_LEVEL", "WARN"))).isEqualTo(Level.WARN);
        assertThat(FunctionLog.level(Map.of("AWS_LAMBDA_LOG_LEVEL", "FATAL"))).isEqualTo(Level.ERROR);
        assertThat(FunctionLog.level(Map.of("AWS_LAMBDA_LOG_LEVEL", "WARN", "CARILLON_LOG_LEVEL", "debug")))
                .isEqualTo(Level.DEBUG);
        assertThatThrownBy(() -> FunctionLog.level(Map.of("CARILLON_LOG_LEVEL", "chatty")))
                .hasMessageContaining("CARILLON_LOG_LEVEL must be ERROR, WARN, INFO, DEBUG or TRACE, not chatty");
    }

    private JsonNode line() {
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text.lines()).hasSize(1);
        return Json.read(text.strip(), JsonNode.class);
    }
}
