package io.carillon.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.config.EventKind;
import io.carillon.config.PackedConfig;
import io.carillon.deployment.ApplicationArn;
import io.carillon.events.Json;
import io.carillon.push.Provider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.sqs.Queue;

/**
 * The template of a stage, synthesized once for all tests.
 *
 * @param file where it is
 * @param template what it says
 */
record Synthesized(Path file, JsonNode template) {

    /** Platform applications of mobile push. */
    static final Map<Provider, PushApplication> APPLICATIONS = Map.of(
            Provider.FCM, new PushApplication.Existing("arn:aws:sns:eu-west-1:123456789012:app/GCM/chat"),
            Provider.APNS, new PushApplication.Existing("arn:aws:sns:eu-west-1:123456789012:app/APNS/chat"));

    private static final Map<String, Synthesized> DONE = new HashMap<>();

    /** A resource of the template. */
    record Resource(String id, JsonNode body) {

        String type() {
            return body.path("Type").asText();
        }

        JsonNode properties() {
            return body.path("Properties");
        }
    }

    /** Gives the template of a stage with the module's own settings, or of {@code everything}. */
    static synchronized Synthesized stage(String name) {
        return DONE.computeIfAbsent(name, Synthesized::synthesize);
    }

    /** Gives the template of a stage with mobile push, events for other systems, and a backend that is asked. */
    static synchronized Synthesized withPush() {
        return DONE.computeIfAbsent("pushing", stage -> {
            DeployedConfig telling = DeployedConfig.of(Json.read("""
                            {"carillon":{"events":["connected","disconnected"]},
                             "rpc":{"proxy":{"endpoint":"arn:aws:lambda:eu-west-1:123456789012:function:rpc",
                                             "http":{"static_headers":{"X-Api-Key":""}}},
                                    "without_namespace":{"proxy_enabled":true}}}""", JsonNode.class));
            return of(CarillonProps.builder(stage, telling, functions())
                    .pushApplications(APPLICATIONS)
                    .build());
        });
    }

    /** Gives what the local runtime starts from: the stage dev with everything that a deployment may have. */
    static synchronized Synthesized local() {
        return DONE.computeIfAbsent("local runtime", unused -> {
            CarillonProps dev = CarillonApp.props(Path.of("."), "dev", Optional.empty(), functions());
            ObjectNode config =
                    (ObjectNode) Json.read(PackedConfig.unpack(dev.config().packed()), JsonNode.class);
            config.withObject("carillon").putArray("events").add("connected").add("disconnected");
            CarillonProps all = CarillonProps.builder(dev.stage(), DeployedConfig.of(config), dev.functions())
                    .pushApplications(Arrays.stream(Provider.values())
                            .collect(Collectors.toMap(
                                    provider -> provider,
                                    provider -> new PushApplication.Existing("arn:aws:sns:us-east-1:000000000000:app/"
                                            + ApplicationArn.platform(provider) + "/carillon"))))
                    .build();
            return of(all, "local-runtime");
        });
    }

    /**
     * Gives what subscribes systems of all kinds to events: those of the same stack, and those that were there before.
     * The local runtime's tests run it.
     */
    static synchronized Synthesized telling() {
        return DONE.computeIfAbsent("telling", stage -> {
            Path folder = folder(stage);
            App app = new App(AppProps.builder()
                    .outdir(folder.toString())
                    .analyticsReporting(false)
                    .build());
            CarillonStack stack = telling(app);
            app.synth();
            return read(folder.resolve(stack.getTemplateFile()));
        });
    }

    /** Adds that stack to an app. */
    static CarillonStack telling(App app) {
        String account = "eu-west-1:123456789012:";
        List<EventSubscription> theirs = List.of(
                new EventSubscription(new EventTarget.Queue("arn:aws:sqs:" + account + "theirs"), EventOptions.ALL),
                new EventSubscription(
                        new EventTarget.Function("arn:aws:lambda:" + account + "function:theirs:live"),
                        EventOptions.ALL),
                new EventSubscription(
                        new EventTarget.EventBus("arn:aws:events:" + account + "event-bus/theirs"), EventOptions.ALL),
                new EventSubscription(
                        new EventTarget.Url("https://theirs.example/hooks"),
                        EventOptions.ALL.types(EventKind.OCCUPIED, EventKind.VACATED)));
        CarillonStack stack = CarillonApp.add(
                app,
                CarillonProps.builder("telling", telling("chat", "news"), functions())
                        .eventSubscriptions(theirs)
                        .build());
        Events events = stack.carillon().events();
        events.toQueue(queue(stack), EventOptions.ALL.namespaces("chat"));
        events.toFunction(
                function(stack),
                EventOptions.ALL.types(EventKind.PUBLICATION, EventKind.JOIN).namespaces("chat"));
        events.toEventBus(
                EventBus.Builder.create(stack, "Bus").eventBusName("ours").build(),
                EventOptions.ALL.types(EventKind.CONNECTED));
        events.toUrl("https://ours.example/hooks", EventOptions.ALL.namespaces("news"));
        return stack;
    }

    private static Queue queue(Stack stack) {
        Queue queue = Queue.Builder.create(stack, "Orders")
                .queueName("orders")
                .enforceSsl(true)
                .build();
        Explained.finding(queue, "AwsSolutions-SQS3", "Somebody else's.");
        return queue;
    }

    private static Function function(Stack stack) {
        Role role = Role.Builder.create(stack, "IndexerRole")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
        return Function.Builder.create(stack, "Indexer")
                .functionName("indexer")
                .runtime(Runtime.NODEJS_24_X)
                .handler("index.handler")
                .code(Code.fromInline("exports.handler = async () => {};"))
                .role(role)
                .build();
    }

    /** Gives a configuration that asks for events: of the clients, and of these namespaces but one that is silent. */
    static DeployedConfig telling(String... namespaces) {
        ObjectNode config = json("{\"carillon\":{\"events\":[\"connected\",\"disconnected\"]}}");
        for (String name : namespaces) {
            ObjectNode namespace = config.withObject("channel")
                    .withArray("namespaces")
                    .addObject()
                    .put("name", name);
            if (!name.equals("silent")) {
                namespace
                        .put("join_leave", true)
                        .withObject("carillon")
                        .putArray("events")
                        .add("publication")
                        .add("join")
                        .add("leave")
                        .add("occupied")
                        .add("vacated");
            }
        }
        return DeployedConfig.of(config);
    }

    static ObjectNode json(String text) {
        return Json.read(text, ObjectNode.class);
    }

    private static Synthesized synthesize(String stage) {
        return of(props(stage));
    }

    /** Gives what makes the stage of that name. */
    static CarillonProps props(String stage) {
        return stage.equals("everything")
                ? Everything.props()
                : CarillonApp.props(Path.of("."), stage, Optional.empty(), functions());
    }

    static Synthesized of(CarillonProps props) {
        return of(props, props.stage());
    }

    static Synthesized of(CarillonProps props, String subfolder) {
        return read(CarillonApp.synthesize(props, folder(subfolder)));
    }

    private static Path folder(String subfolder) {
        try {
            return Files.createDirectories(Path.of("target", "cdk.out", subfolder))
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Synthesized read(Path file) {
        try {
            return new Synthesized(file, Json.mapper().readTree(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives something to deploy: tests need no build of the functions' package. */
    static Path functions() {
        try {
            Path folder = Files.createDirectories(Path.of("target", "stands-in-for-functions"));
            Files.writeString(folder.resolve("README"), "The functions' package, in tests.\n");
            return folder.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stream<Resource> resources(String type) {
        return StreamSupport.stream(template.path("Resources").properties().spliterator(), false)
                .map(entry -> new Resource(entry.getKey(), entry.getValue()))
                .filter(resource -> resource.type().equals(type));
    }

    /** Gives the one resource of a type whose property has a value. */
    Resource resource(String type, String property, String value) {
        List<Resource> found = resources(type)
                .filter(resource ->
                        resource.properties().path(property).asText().equals(value))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " resources of type " + type + " have " + property + " " + value);
        }
        return found.getFirst();
    }

    Resource resource(String id) {
        return new Resource(id, template.path("Resources").path(id));
    }
}
