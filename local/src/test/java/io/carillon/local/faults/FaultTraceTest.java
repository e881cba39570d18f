package io.carillon.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.carillon.local.calls.CallFilter;
import io.carillon.local.lambda.FunctionError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

class FaultTraceTest {

    private final LoggerContext context = new LoggerContext();

    private String logged(Throwable thrown) {
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.getInstanceConverterMap().put("trace", FaultTrace::new);
        layout.setPattern("%msg%trace%n");
        layout.start();
        return layout.doLayout(new LoggingEvent(
                "here", context.getLogger("io.carillon"), Level.WARN, "deliver failed a batch", thrown, null));
    }

    @Test
    void shouldWriteOneLineWhenAFunctionWasKilled() {
        FunctionError error = new FunctionError("Unhandled", new IllegalStateException(new Killed("Killed deliver")));

        assertThat(logged(error)).isEqualTo("deliver failed a batch [Killed deliver]" + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(strings = {"throttle", "fail", "lose-answer"})
    void shouldWriteOneLineWhenAFaultFailedACall(String kind) {
        List<ActiveFault> active = List.of(new ActiveFault(Fault.parse(kind + " service=dynamodb"), 1, 0));
        List<ActiveFault> others = List.of(
                new ActiveFault(Fault.parse(kind + " service=sqs"), 1, 0),
                new ActiveFault(Fault.parse(kind + " service=sns"), 1, 0));

        assertOneLine(
                new CallFaults(() -> active, false), GetItemRequest.builder().build());
        assertOneLine(
                new CallFaults(() -> others, false),
                SendMessageRequest.builder().build());
        assertOneLine(
                new CallFaults(() -> others, false), PublishRequest.builder().build());
    }

    private void assertOneLine(CallFaults faults, SdkRequest request) {
        CallFilter.Next next = any -> GetItemResponse.builder().build();
        try {
            faults.call(request, next);
        } catch (RuntimeException e) {
            assertThat(logged(new IllegalStateException("wrapped", e)).lines())
                    .singleElement()
                    .asString()
                    .contains("A fault ");
            return;
        }
        throw new AssertionError("No fault struck " + request);
    }

    @Test
    void shouldWriteTheStackOfWhatNobodyAskedFor() {
        assertThat(logged(new IllegalStateException("a bug")).lines())
                .hasSizeGreaterThan(3)
                .startsWith("deliver failed a batch", "java.lang.IllegalStateException: a bug");
    }

    @Test
    void shouldWriteNothingMoreWhenNothingWasThrown() {
        assertThat(logged(null).lines()).containsExactly("deliver failed a batch");
    }
}
