package io.carillon.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class InvocationsTest {

    private static final String CALLERS = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String UNSAMPLED = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0";
    private static final String SAMPLED = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

    private final List<String> flushed = new ArrayList<>();
    private final Invocations invocations = new Invocations(flushed::add);

    @Test
    void shouldBelongToTheCallersTraceUnlessXRayRecordsAnother() {
        // Then
        assertThat(trace("", CALLERS)).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(trace(UNSAMPLED, CALLERS)).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(trace(SAMPLED, CALLERS)).isEqualTo("5759e988bd862e3fe1be46a994272793");
        assertThat(trace(UNSAMPLED, "")).isEqualTo("5759e988bd862e3fe1be46a994272793");
        assertThat(trace("", "")).hasSize(32);
    }

    @Test
    void shouldSayInTheLogWhatItBelongsToAndNothingAfterwards() {
        // When
        List<String> fields = invocations.run(
                new FakeContext("api", UNSAMPLED),
                () -> List.of(MDC.get("function"), MDC.get("trace"), MDC.get("request")));

        // Then
        assertThat(fields)
                .containsExactly("api", "5759e988bd862e3fe1be46a994272793", "c6af9ac6-7b61-11e6-9a41-93e8deadbeef");
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @Test
    void shouldHandOutTheMetricsOfAnInvocationThatFails() {
        // When
        assertThatThrownBy(() -> invocations.run(new FakeContext("deliver"), () -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");

        // Then
        assertThat(flushed).containsExactly("deliver");
    }

    private String trace(String xRay, String traceparent) {
        return invocations.run(
                new FakeContext("api", xRay), traceparent, () -> Trace.current().id());
    }
}
