package io.carillon.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.config.Config;
import io.carillon.local.RuntimeSettings;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One value of the template is wrong in a way that AWS accepts, and the scenario fails where a client would feel it. */
class WrongTemplateTest {

    private static RuntimeSettings settings(Description description) {
        return RuntimeSettings.of(Config.read(Scenario.CONFIG)).withDescription(description);
    }

    private static String table(Mutated template, String name) {
        return template.id("AWS::DynamoDB::GlobalTable", "TableName", "carillon-dev-" + name);
    }

    private static String route(Mutated template, String key) {
        return template.id(Routes.ROUTE, "RouteKey", key);
    }

    private static Arguments when(String what, Consumer<Mutated> mutation, String step) {
        return Arguments.of(what, mutation, step);
    }

    private static Stream<Arguments> mutations() {
        return Stream.of(
                when(
                        "replies do not go back",
                        template -> template.withoutType("AWS::ApiGatewayV2::RouteResponse"),
                        "connect"),
                when(
                        "the route asks for no reply",
                        template -> template.properties(route(template, "$default"))
                                .remove("RouteResponseSelectionExpression"),
                        "connect"),
                when("frames go nowhere", template -> template.without(route(template, "$default")), "connect"),
                when(
                        "frames go to another function",
                        template -> template.properties(route(template, "$default"))
                                .set(
                                        "Target",
                                        template.properties(route(template, "$disconnect"))
                                                .path("Target")),
                        "connect"),
                when(
                        "connections are not recorded",
                        template -> template.without(route(template, "$connect")),
                        "connect"),
                when(
                        "the API has no methods",
                        template -> template.without(route(template, "ANY /api/{method}")),
                        "publish"),
                when(
                        "another function drains the mailboxes",
                        template -> template.mapping("DeliverHandler")
                                .set("FunctionName", template.alias(template.function("HeartbeatHandler"))),
                        "subscribe"),
                when(
                        "connections have no table",
                        template -> template.without(table(template, "connections")),
                        "handshake"),
                when(
                        "subscriptions have no table",
                        template -> template.without(table(template, "subscriptions")),
                        "subscribe"),
                when(
                        "publications have no table",
                        template -> template.without(table(template, "publications")),
                        "publish"),
                when(
                        "connections have no index for the heartbeat",
                        template -> withoutIndex(template, "heartbeat"),
                        "heartbeat"),
                when(
                        "the key of channels is another",
                        template -> rekey(template, "channels", "item", "kind"),
                        "subscribe"));
    }

    private static ObjectNode throttle(Mutated template, String stage) {
        return template.properties(template.id("AWS::ApiGatewayV2::Stage", "StageName", stage))
                .withObject("DefaultRouteSettings");
    }

    private static Stream<Arguments> limits() {
        return Stream.of(
                when(
                        "the heartbeat beats once an hour",
                        template -> template.only("AWS::Scheduler::Schedule").put("ScheduleExpression", "rate(1 hour)"),
                        "keep alive"),
                when(
                        "the WebSocket API takes next to nothing",
                        template -> throttle(template, "dev")
                                .put("ThrottlingRateLimit", 0.001)
                                .put("ThrottlingBurstLimit", 1),
                        "connect"),
                when(
                        "the server API takes next to nothing",
                        template -> throttle(template, "$default")
                                .put("ThrottlingRateLimit", 0.001)
                                .put("ThrottlingBurstLimit", 1),
                        "publish"));
    }

    private static Stream<Arguments> mails() {
        return Stream.of(
                when(
                        "each mail is delivered by itself",
                        template -> template.mapping("DeliverHandler").put("BatchSize", 1),
                        "deliver together"),
                when(
                        "five mails are delivered together",
                        template -> template.mapping("DeliverHandler").put("BatchSize", 5),
                        "deliver together"),
                when(
                        "what failed is taken for delivered",
                        template -> template.mapping("DeliverHandler").remove("FunctionResponseTypes"),
                        "deliver again"));
    }

    private static void withoutIndex(Mutated template, String name) {
        ObjectNode connections = template.properties(table(template, "connections"));
        var indexes = connections.withArray("GlobalSecondaryIndexes").elements();
        while (indexes.hasNext()) {
            if (indexes.next().path("IndexName").asText().equals(name)) {
                indexes.remove();
            }
        }
        var attributes = connections.withArray("AttributeDefinitions").elements();
        while (attributes.hasNext()) {
            String attribute = attributes.next().path("AttributeName").asText();
            if (attribute.equals("slot") || attribute.equals("nextExpiry")) {
                attributes.remove();
            }
        }
    }

    private static void rekey(Mutated template, String name, String from, String to) {
        ObjectNode table = template.properties(table(template, name));
        for (String list : new String[] {"KeySchema", "AttributeDefinitions"}) {
            table.path(list).forEach(entry -> {
                if (entry.path("AttributeName").asText().equals(from)) {
                    ((ObjectNode) entry).put("AttributeName", to);
                }
            });
        }
    }

    @Test
    void shouldSucceedWhenNothingIsWrong() {
        assertThat(Scenario.failure(settings(Description.standard()))).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"mutations", "limits"})
    @Execution(ExecutionMode.CONCURRENT)
    void shouldFailWhereAClientFeelsIt(String what, Consumer<Mutated> mutation, String step) {
        // Given
        Mutated template = Mutated.template();
        mutation.accept(template);

        // Then
        assertThat(Scenario.failure(settings(template.description()), step))
                .as(what)
                .contains(step);
    }

    @Test
    void shouldDeliverMailsTogetherAndAgainWhenNothingIsWrong() {
        assertThat(MailScenario.failure(Description.standard(), "")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mails")
    @Execution(ExecutionMode.CONCURRENT)
    void shouldFailWhereAMailIsDeliveredWrongly(String what, Consumer<Mutated> mutation, String step) {
        // Given
        Mutated template = Mutated.template();
        mutation.accept(template);

        // Then
        assertThat(MailScenario.failure(template.description(), step)).as(what).contains(step);
    }
}
