package io.carillon.local.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.functions.JsonLines;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Keeps what is logged, as the functions' log would have it in Lambda, at the finest level of Carillon's own. */
final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Logger own = (Logger) LoggerFactory.getLogger("io.carillon");
    private final Level before = own.getLevel();
    private final JsonLines lines = new JsonLines();
    private final List<String> texts = new CopyOnWriteArrayList<>();

    LogCapture() {
        setContext(root.getLoggerContext());
        own.setLevel(Level.TRACE);
        start();
        root.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        texts.add(new String(lines.encode(event), StandardCharsets.UTF_8));
    }

    String text() {
        return String.join("", texts);
    }

    /** Those with a message. */
    List<JsonNode> with(String message) {
        return texts.stream()
                .map(text -> Json.read(text.strip(), JsonNode.class))
                .filter(line -> line.path("message").asText().startsWith(message))
                .toList();
    }

    @Override
    public void close() {
        root.detachAppender(this);
        own.setLevel(before);
        stop();
    }
}
