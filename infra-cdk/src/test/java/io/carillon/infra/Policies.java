package io.carillon.infra;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.infra.Synthesized.Resource;
import io.carillon.infra.calls.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads what the template allows each function, in the words of {@link Call}. */
final class Policies {

    private static final Set<String> EVENT_SOURCE =
            Set.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes");

    private final Synthesized synthesized;

    Policies(Synthesized synthesized) {
        this.synthesized = synthesized;
    }

    /** Lists what a function may do, but for its logs, its traces, and what others do in its name. */
    Set<Call> of(String function) {
        return calls(function, statement -> !isForOthers(statement));
    }

    /** Lists what a function may do for its logs, its traces and its event source. */
    Set<Call> forOthers(String function) {
        return calls(function, Policies::isForOthers);
    }

    private Set<Call> calls(String function, Predicate<JsonNode> wanted) {
        Set<Call> calls = new TreeSet<>();
        statements(function).filter(wanted).forEach(statement -> {
            for (String action : texts(statement.path("Action"))) {
                nodes(statement.path("Resource")).forEach(resource -> calls.add(new Call(action, name(resource))));
            }
        });
        return calls;
    }

    private static boolean isForOthers(JsonNode statement) {
        return texts(statement.path("Action")).stream()
                .allMatch(action -> action.startsWith("logs:")
                        || action.startsWith("xray:")
                        || action.startsWith("kms:")
                        || EVENT_SOURCE.contains(action));
    }

    private Stream<JsonNode> statements(String function) {
        String role = role(function);
        return synthesized
                .resources("AWS::IAM::Policy")
                .filter(policy -> nodes(policy.properties().path("Roles"))
                        .anyMatch(ref -> ref.path("Ref").asText().equals(role)))
                .flatMap(policy ->
                        nodes(policy.properties().path("PolicyDocument").path("Statement")));
    }

    String role(String function) {
        return synthesized
                .resource("AWS::Lambda::Function", "Handler", handler(function))
                .properties()
                .path("Role")
                .path("Fn::GetAtt")
                .path(0)
                .asText();
    }

    static String handler(String function) {
        return "io.carillon.functions." + Character.toUpperCase(function.charAt(0)) + function.substring(1) + "Handler";
    }

    /** Names the resource of an ARN: a reference, or text around one. */
    private String name(JsonNode arn) {
        if (arn.isTextual()) {
            // An ARN that the stage file names is known by its service; anything else, such as *, by itself.
            return arn.asText().startsWith("arn:")
                    ? arn.asText().split(":")[2].replace("secretsmanager", "secret")
                    : arn.asText();
        }
        if (arn.has("Fn::GetAtt")) {
            return named(arn.path("Fn::GetAtt").path(0).asText());
        }
        if (arn.has("Ref")) {
            return named(arn.path("Ref").asText());
        }
        List<String> parts = new ArrayList<>();
        String end = "";
        for (JsonNode part : arn.path("Fn::Join").path(1)) {
            if (part.has("Fn::GetAtt")) {
                parts.add(named(part.path("Fn::GetAtt").path(0).asText()));
            }
            end = part.isTextual() ? part.asText() : "";
        }
        if (end.contains("/@connections/*")) {
            return end.substring(end.indexOf('/', 1) + 1, end.indexOf("/@connections"));
        }
        if (end.contains(":app/") || end.contains(":endpoint/")) {
            return "sns";
        }
        if (parts.size() == 1 && end.startsWith("/index/")) {
            return parts.getFirst() + end.replace("/index/", "/");
        }
        throw new IllegalStateException("What is this the ARN of? " + arn);
    }

    private String named(String id) {
        Resource resource = synthesized.resource(id);
        return switch (resource.type()) {
            case "AWS::DynamoDB::GlobalTable" ->
                resource.properties().path("TableName").asText().replaceFirst("carillon-[a-z]+-", "");
            case "AWS::SQS::Queue" ->
                queue(resource.properties().path("QueueName").asText());
            case "AWS::SecretsManager::Secret" -> "secret";
            case "AWS::SNS::Topic" -> "sns";
            case "AWS::Logs::LogGroup" ->
                resource.properties().path("LogGroupName").asText();
            default -> throw new IllegalStateException("A function is allowed something on a " + resource.type());
        };
    }

    private static String queue(String name) {
        if (name.endsWith("-push")) {
            return "push";
        }
        return name.endsWith("-dlq.fifo") ? "dead letters" : "mailboxes";
    }

    private static Stream<JsonNode> nodes(JsonNode node) {
        return node.isArray() ? StreamSupport.stream(node.spliterator(), false) : Stream.of(node);
    }

    private static List<String> texts(JsonNode node) {
        return nodes(node).map(JsonNode::asText).toList();
    }
}
