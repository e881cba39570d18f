package io.carillon.local.lambda;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what a handler logs through its context into this JVM's log, under the function's name. */
final class FunctionLogger implements LambdaLogger {

    private final Logger log;

    FunctionLogger(String function) {
        log = LoggerFactory.getLogger("lambda." + function);
    }

    @Override
    public void log(String message) {
        log.info("{}", message.stripTrailing());
    }

    @Override
    public void log(byte[] message) {
        log(new String(message, StandardCharsets.UTF_8));
    }
}
