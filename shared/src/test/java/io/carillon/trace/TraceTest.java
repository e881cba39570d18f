package io.carillon.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.parallel.Parallel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {

    private static final String ID = "5759e988bd862e3fe1be46a994272793";

    @Test
    void shouldReadTheSameTraceFromBothForms() {
        // When
        Trace w3c = Trace.ofTraceparent("00-" + ID + "-53995c3f42cd8ad8-01").orElseThrow();
        Trace xRay = Trace.ofXRay("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1")
                .orElseThrow();

        // Then
        assertThat(w3c).isEqualTo(xRay).isEqualTo(new Trace(ID, "53995c3f42cd8ad8", true));
        assertThat(w3c.xRay()).isEqualTo("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1");
    }

    @Test
    void shouldReadXRaysHeaderInAnyOrderAndWithWhatElseIsInIt() {
        // When
        Trace trace = Trace.ofXRay("Self=1-67891234-12456789abcdef012345678;Root=1-5759E988-bd862e3fe1be46a994272793;"
                        + "Lineage=1:a87bd80c:0;Sampled=0")
                .orElseThrow();

        // Then
        assertThat(trace.id()).isEqualTo(ID);
        assertThat(trace.isSampled()).isFalse();
        assertThat(Trace.ofXRay(trace.xRay())).contains(trace);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8",
                "00-00000000000000000000000000000000-53995c3f42cd8ad8-01",
                "00-5759e988bd862e3fe1be46a99427279g-53995c3f42cd8ad8-01",
                "Root=1-5759e988"
            })
    void shouldIgnoreWhatIsNoTrace(String header) {
        // Then
        assertThat(Trace.ofTraceparent(header)).isEmpty();
        assertThat(Trace.ofXRay(header)).isEmpty();
    }

    @Test
    void shouldBeKnownToAllThatIsDoneForItAndToNothingAfterwards() {
        // Given
        Trace trace = Trace.begin(1_465_510_280);

        // When
        List<Trace> seen = trace.call(() -> Parallel.map(List.of(1, 2, 3), one -> Trace.current()));

        // Then
        assertThat(trace.id()).startsWith("5759e988").hasSize(32);
        assertThat(seen).containsExactly(trace, trace, trace);
        assertThat(Trace.current()).isEqualTo(Trace.NONE);
    }
}
