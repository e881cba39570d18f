package io.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.functions.ApiHandler;
import io.carillon.functions.ConnectHandler;
import io.carillon.functions.DeliverHandler;
import io.carillon.functions.DisconnectHandler;
import io.carillon.functions.HeartbeatHandler;
import io.carillon.functions.MessageHandler;
import io.carillon.functions.PlatformsHandler;
import io.carillon.functions.PollHandler;
import io.carillon.functions.PushHandler;
import io.carillon.infra.calls.Call;
import io.carillon.infra.calls.CodeCalls;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Least privilege: each function may do what its code can call, and nothing else. */
class PoliciesTest {

    private final Policies policies = new Policies(Synthesized.withPush());

    @ParameterizedTest
    @ValueSource(
            classes = {
                ConnectHandler.class,
                MessageHandler.class,
                DisconnectHandler.class,
                ApiHandler.class,
                PollHandler.class,
                DeliverHandler.class,
                HeartbeatHandler.class,
                PushHandler.class
            })
    void shouldAllowExactlyWhatTheCodeCalls(Class<?> handler) {
        // Given
        String function = handler.getSimpleName().replace("Handler", "").toLowerCase(Locale.ROOT);

        // When
        Set<Call> called = CodeCalls.of(handler);
        Set<Call> allowed = policies.of(function);

        // Then
        assertThat(without(called, allowed))
                .as("%s calls this, and Grants does not allow it", function)
                .isEmpty();
        assertThat(without(allowed, called))
                .as("Grants allows %s this, and it never calls it", function)
                .isEmpty();
    }

    @Test
    void shouldAllowWhatMakesPlatformApplicationsExactlyWhatItCalls() {
        // When
        Set<Call> allowed = new Policies(Synthesized.stage("everything")).of("platforms");

        // Then
        assertThat(allowed).isNotEmpty().isEqualTo(CodeCalls.of(PlatformsHandler.class));
    }

    @Test
    void shouldFindCallsBehindInterfacesAndLambdas() {
        // When
        Set<Call> called = CodeCalls.of(DeliverHandler.class);

        // Then: a transaction's writes, a lambda's post, an executor's lease.
        assertThat(called)
                .contains(
                        new Call("dynamodb:Query", "subscriptions"),
                        new Call("execute-api:ManageConnections", "POST"),
                        new Call("dynamodb:UpdateItem", "channels"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "message", "disconnect", "api", "poll", "heartbeat", "deliver", "push"})
    void shouldAllowLogsTracesAndTheEventSourceNothingMore(String function) {
        // When
        Set<Call> allowed = policies.forOthers(function);

        // Then
        String logs = "/aws/lambda/carillon-pushing-" + function;
        Map<String, String> queues = Map.of("deliver", "mailboxes", "push", "push");
        assertThat(allowed)
                .contains(
                        new Call("logs:CreateLogStream", logs),
                        new Call("logs:PutLogEvents", logs),
                        new Call("xray:PutTelemetryRecords", "*"),
                        new Call("xray:PutTraceSegments", "*"))
                .hasSize(queues.containsKey(function) ? 7 : 4);
        if (queues.containsKey(function)) {
            String queue = queues.get(function);
            assertThat(allowed)
                    .contains(
                            new Call("sqs:ReceiveMessage", queue),
                            new Call("sqs:DeleteMessage", queue),
                            new Call("sqs:GetQueueAttributes", queue));
        }
    }

    @Test
    void shouldUseNoManagedPolicyAndNoSharedRole() {
        // When
        Synthesized template = Synthesized.withPush();

        // Then
        assertThat(template.resources("AWS::IAM::Role"))
                .noneMatch(role -> role.properties().has("ManagedPolicyArns"));
        assertThat(template.resources("AWS::Lambda::Function")
                        .map(function -> function.properties().path("Role").toString()))
                .doesNotHaveDuplicates();
    }

    private static Set<Call> without(Set<Call> calls, Set<Call> others) {
        Set<Call> rest = new TreeSet<>(calls);
        rest.removeAll(others);
        return rest;
    }
}
