package io.carillon.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Keeps what Carillon logs during each test, also while other tests run beside it. Register it as an extension. */
public final class Logged implements BeforeEachCallback, AfterEachCallback {

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.carillon");
    private final Level level;
    private Level before;
    private ListAppender<ILoggingEvent> log = new ListAppender<>();

    /** Keeps what has at least this level. */
    public Logged(Level level) {
        this.level = level;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        before = logger.getLevel();
        log = new ListAppender<>();
        logger.setLevel(level);
        log.start();
        logger.addAppender(log);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        logger.detachAppender(log);
        logger.setLevel(before);
    }

    /** What has been logged so far. */
    public List<ILoggingEvent> events() {
        return List.copyOf(log.list);
    }

    /** The errors so far that name something, such as a backend that no other test has. */
    public List<String> errors(String name) {
        return events().stream()
                .filter(event -> event.getLevel() == Level.ERROR)
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.contains(name))
                .toList();
    }
}
