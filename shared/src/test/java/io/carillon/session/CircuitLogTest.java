package io.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.carillon.testing.Logged;
import io.carillon.testing.TestCarillon;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CircuitLogTest {

    private static final String CONNECT = "https://circuit-log.example/connect";
    private static final int FAILURES = 5;

    @RegisterExtension
    private final Logged log = new Logged(Level.ERROR);

    private final TestCarillon carillon = TestCarillon.with(
            "\"proxy\":{\"connect\":{\"enabled\":true,\"endpoint\":\"" + CONNECT + "\"}}", "\"without_namespace\":{}");

    @Test
    void shouldLogOnceThatABackendIsLeftAlone() {
        // When
        for (int i = 0; i < 50; i++) {
            carillon.open().sends("{\"id\":1,\"connect\":{}}");
        }

        // Then
        List<String> errors = log.errors(CONNECT);
        assertThat(errors).hasSize(FAILURES + 1);
        assertThat(errors)
                .filteredOn(line -> line.contains("nothing is sent to it"))
                .hasSize(1);
    }
}
