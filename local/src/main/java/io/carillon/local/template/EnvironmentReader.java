package io.carillon.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.EventKind;
import io.carillon.config.SecretSection;
import io.carillon.local.template.Template.Resource;
import io.carillon.push.Provider;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the variables of all functions, and demands those that each does not work without. */
final class EnvironmentReader {

    static final String TOPIC = "CARILLON_EVENTS_TOPIC_ARN";
    private static final String TABLES = "CARILLON_TABLE_PREFIX";
    private static final String MAILBOXES = "CARILLON_MAILBOX_QUEUE_URL";
    private static final String DEAD_LETTERS = "CARILLON_MAILBOX_DLQ_URL";
    private static final String PUSH = "CARILLON_PUSH_QUEUE_URL";

    private final Template template;
    private final Collection<DescribedFunction> functions;

    EnvironmentReader(Template template, Collection<DescribedFunction> functions) {
        this.template = template;
        this.functions = functions;
    }

    Environment read() {
        boolean pushes = functions.stream().anyMatch(function -> function.has(PUSH));
        boolean tells = false;
        for (DescribedFunction function : functions) {
            DescribedConfig config = DescribedConfig.of(function);
            requireSecrets(function, config, pushes);
            tells |= EventKind.isAskedBy(config.config());
        }
        return new Environment(
                agreed(functions, TABLES, function -> function.variable(TABLES).asText()),
                agreed(
                        functions,
                        MAILBOXES,
                        function -> resource(function, MAILBOXES, DescribedQueue.TYPE)
                                .id()),
                deadLetters(),
                pushes ? Optional.of(push()) : Optional.empty(),
                tells ? Optional.of(topic()) : Optional.empty());
    }

    private static <T> T agreed(
            Collection<DescribedFunction> functions, String variable, Function<DescribedFunction, T> value) {
        Set<T> values = new HashSet<>();
        functions.forEach(function -> values.add(value.apply(function)));
        if (values.size() != 1) {
            throw new InvalidTemplate("all functions must have the same " + variable + ", and they have " + values);
        }
        return values.iterator().next();
    }

    private String deadLetters() {
        return agreed(
                named("DeliverHandler"),
                DEAD_LETTERS,
                function ->
                        resource(function, DEAD_LETTERS, DescribedQueue.TYPE).id());
    }

    /**
     * Whoever publishes puts notifications where one function takes them, and the server API makes endpoints that it
     * sends to.
     */
    private Environment.Push push() {
        List<DescribedFunction> involved = named("ApiHandler", "PushHandler");
        String queue = agreed(
                named("ApiHandler", "MessageHandler", "PollHandler", "PushHandler"),
                PUSH,
                function -> resource(function, PUSH, DescribedQueue.TYPE).id());
        Map<Provider, String> applications = agreed(involved, "CARILLON_PUSH_…_ARN", EnvironmentReader::applications);
        if (applications.isEmpty()) {
            throw new InvalidTemplate("no function has an environment variable such as " + Provider.FCM.variable()
                    + ", without which no notification is sent");
        }
        return new Environment.Push(queue, applications);
    }

    private static Map<Provider, String> applications(DescribedFunction function) {
        Map<Provider, String> names = new EnumMap<>(Provider.class);
        for (Provider provider : Provider.values()) {
            if (function.has(provider.variable())) {
                names.put(provider, name(function.variable(provider.variable())));
            }
        }
        return names;
    }

    /** Reads an ARN's end, which is text also where partition, Region and account are the stack's. */
    private static String name(JsonNode arn) {
        JsonNode parts = arn.path("Fn::Join").path(1);
        String end = (parts.isEmpty() ? arn : parts.get(parts.size() - 1)).asText();
        return end.substring(end.lastIndexOf('/') + 1);
    }

    private String topic() {
        return agreed(functions, TOPIC, function -> {
            Template.Resource topic = resource(function, TOPIC, "AWS::SNS::Topic");
            // The local SNS signs like this, and what receivers verify here must be what they get in AWS.
            if (!topic.text("SignatureVersion").equals("2")) {
                throw new InvalidTemplate(topic + " must have SignatureVersion 2, which signs with SHA-256, as the"
                        + " receivers of webhooks verify it: docs/guides/events.md");
            }
            return topic.required("TopicName");
        });
    }

    /** Without its secrets a function starts, and turns everybody away. */
    private static void requireSecrets(DescribedFunction function, DescribedConfig config, boolean pushes) {
        for (SecretSection section : SecretSection.values()) {
            if (config.needs(section) && usedBy(function, pushes).contains(section)) {
                function.variable(section.variable());
            }
        }
    }

    private static Set<SecretSection> usedBy(DescribedFunction function, boolean pushes) {
        return switch (function.handlerName()) {
            case "MessageHandler", "PollHandler" ->
                Set.of(SecretSection.TOKEN, SecretSection.SUBSCRIPTION_TOKEN, SecretSection.PROXIES);
            case "HeartbeatHandler" -> Set.of(SecretSection.PROXIES);
            case "ApiHandler" -> pushes ? Set.of(SecretSection.API, SecretSection.TOKEN) : Set.of(SecretSection.API);
            default -> Set.of();
        };
    }

    private List<DescribedFunction> named(String... handlers) {
        List<DescribedFunction> found = functions.stream()
                .filter(function -> List.of(handlers).contains(function.handlerName()))
                .toList();
        if (found.size() < handlers.length) {
            throw new InvalidTemplate("it must have functions with the Handler " + String.join(" and ", handlers));
        }
        return found;
    }

    private Resource resource(DescribedFunction function, String variable, String type) {
        JsonNode value = function.variable(variable);
        return template.find(value, type)
                .orElseThrow(() -> new InvalidTemplate(variable + " of " + function + " must name an " + type));
    }
}
