package io.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.carillon.testing.TestCarillon;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CircuitLogTest {

    private static final String CONNECT = "https://circuit-log.example/connect";
    private static final int FAILURES = 5;

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.carillon");
    private final Level before = logger.getLevel();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final TestCarillon carillon = TestCarillon.with(
            "\"proxy\":{\"connect\":{\"enabled\":true,\"endpoint\":\"" + CONNECT + "\"}}", "\"without_namespace\":{}");

    @BeforeEach
    void listen() {
        logger.setLevel(Level.ERROR);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(log);
        logger.setLevel(before);
    }

    @Test
    void shouldLogOnceThatABackendIsLeftAlone() {
        // When
        for (int i = 0; i < 50; i++) {
            carillon.open().sends("{\"id\":1,\"connect\":{}}");
        }

        // Then
        List<String> errors = log.list.stream()
                .filter(event -> event.getLevel() == Level.ERROR)
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.contains(CONNECT))
                .toList();
        assertThat(errors).hasSize(FAILURES + 1);
        assertThat(errors)
                .filteredOn(line -> line.contains("nothing is sent to it"))
                .hasSize(1);
    }
}
