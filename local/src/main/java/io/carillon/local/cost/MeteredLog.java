package io.carillon.local.cost;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.carillon.events.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Counts what handlers log, as the lines of Lambda's JSON log format would be. The platform's own lines (START, END,
 * REPORT) are off at the system log level WARN, so they are not counted.
 */
final class MeteredLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    /** What CloudWatch Logs adds to each event. Source: API reference, PutLogEvents. */
    private static final int OVERHEAD = 26;

    private static final double BYTES_PER_GIGABYTE = 1L << 30;
    private static final String REQUEST_ID = "00000000-0000-0000-0000-000000000000";

    private final Counters counters;
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.carillon");

    MeteredLog(Counters counters) {
        this.counters = counters;
    }

    void attach() {
        start();
        logger.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLoggerName().startsWith("io.carillon.local.")) {
            return;
        }
        counters.add(Billed.LOG_GIGABYTES, (line(event).length + OVERHEAD) / BYTES_PER_GIGABYTE);
    }

    private static byte[] line(ILoggingEvent event) {
        Map<String, String> line = new LinkedHashMap<>();
        line.put("timestamp", Instant.ofEpochMilli(event.getTimeStamp()).toString());
        line.put("level", event.getLevel().toString());
        line.put("message", event.getFormattedMessage());
        line.put("logger", event.getLoggerName());
        line.put("AWSRequestId", REQUEST_ID);
        if (event.getThrowableProxy() != null) {
            line.put("stackTrace", ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return Json.write(line).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        stop();
    }
}
