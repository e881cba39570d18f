package io.carillon.functions;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonGenerator;
import io.carillon.events.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.slf4j.event.KeyValuePair;

/**
 * Writes each line of the log as one flat JSON object, so that CloudWatch Logs Insights can ask for its fields:
 * {@code timestamp}, {@code level}, {@code logger}, {@code message}, then what the line is about ({@code connection},
 * {@code user}, {@code channel}, {@code trace}, …), and {@code exception} with its stack trace. {@code timestamp},
 * {@code level} and {@code message} are the names that Lambda's own JSON logs have, by which it filters levels.
 */
public final class JsonLines extends EncoderBase<ILoggingEvent> {

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringWriter text = new StringWriter(256);
        try (JsonGenerator json = Json.mapper().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField(
                    "timestamp", Instant.ofEpochMilli(event.getTimeStamp()).toString());
            json.writeStringField("level", event.getLevel().toString());
            json.writeStringField("logger", event.getLoggerName());
            json.writeStringField("message", event.getFormattedMessage());
            fields(event, json);
            if (event.getThrowableProxy() != null) {
                exception(event.getThrowableProxy(), json);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory cannot fail", e);
        }
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void fields(ILoggingEvent event, JsonGenerator json) throws IOException {
        for (var field : event.getMDCPropertyMap().entrySet()) {
            if (!isOwn(event, field.getKey())) {
                json.writeStringField(field.getKey(), field.getValue());
            }
        }
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                json.writeFieldName(pair.key);
                if (pair.value instanceof Number number) {
                    json.writeNumber(number.toString());
                } else {
                    json.writeString(String.valueOf(pair.value));
                }
            }
        }
    }

    /** Whether the line says it itself: JSON has no place for two fields of one name. */
    private static boolean isOwn(ILoggingEvent event, String key) {
        return event.getKeyValuePairs() != null
                && event.getKeyValuePairs().stream().anyMatch(pair -> pair.key.equals(key));
    }

    private static void exception(IThrowableProxy thrown, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("exception");
        json.writeStringField("type", thrown.getClassName());
        json.writeStringField("message", thrown.getMessage());
        json.writeStringField("stack", ThrowableProxyUtil.asString(thrown));
        json.writeEndObject();
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
