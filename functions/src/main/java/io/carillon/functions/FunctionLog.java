package io.carillon.functions;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Sets up the log of a function: JSON lines on standard output, which Lambda hands to CloudWatch Logs. Done in code and
 * not by a file, because reading one costs a cold start more than all the rest of it.
 *
 * <p>{@code CARILLON_LOG_LEVEL} says what Carillon logs: {@code ERROR}, {@code WARN}, {@code INFO} (default),
 * {@code DEBUG} (each publish and each delivery) or {@code TRACE}. Where it is not set, the level that is set for the function
 * in Lambda counts ({@code AWS_LAMBDA_LOG_LEVEL}). Libraries log warnings and errors.
 */
final class FunctionLog {

    private static final String OURS = "io.carillon";

    private FunctionLog() {}

    static void start(Map<String, String> environment) {
        Level level = level(environment);
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        context.reset();
        JsonLines lines = new JsonLines();
        lines.setContext(context);
        lines.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(lines);
        console.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(console);
        root.setLevel(Level.WARN);
        context.getLogger(OURS).setLevel(level);
    }

    static Level level(Map<String, String> environment) {
        String lambdas = environment.getOrDefault("AWS_LAMBDA_LOG_LEVEL", "");
        String asked = environment.getOrDefault("CARILLON_LOG_LEVEL", lambdas.equals("FATAL") ? "ERROR" : lambdas);
        Level level = Level.toLevel(asked.isEmpty() ? "INFO" : asked, null);
        if (level == null) {
            throw new IllegalStateException(
                    "CARILLON_LOG_LEVEL must be ERROR, WARN, INFO, DEBUG or TRACE, not " + asked);
        }
        return level;
    }
}
