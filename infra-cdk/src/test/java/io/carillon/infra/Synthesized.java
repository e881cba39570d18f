package io.carillon.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.config.PackedConfig;
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
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The template of a stage, synthesized once for all tests.
 *
 * @param file where it is
 * @param template what it says
 */
record Synthesized(Path file, JsonNode template) {

    /** Platform applications of mobile push. */
    static final Map<Provider, String> APPLICATIONS = Map.of(
            Provider.FCM, "arn:aws:sns:eu-west-1:123456789012:app/GCM/chat",
            Provider.APNS, "arn:aws:sns:eu-west-1:123456789012:app/APNS/chat");

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

    /** Gives the template of a stage with mobile push and events for other systems. */
    static synchronized Synthesized withPush() {
        return DONE.computeIfAbsent("pushing", stage -> {
            DeployedConfig telling = DeployedConfig.of(
                    Json.read("{\"carillon\":{\"events\":[\"connected\",\"disconnected\"]}}", JsonNode.class));
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
                                    Function.identity(),
                                    provider -> "arn:aws:sns:us-east-1:000000000000:app/"
                                            + (provider == Provider.FCM ? "GCM" : provider.name()) + "/carillon")))
                    .build();
            return of(all, "local-runtime");
        });
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
        try {
            Path folder = Files.createDirectories(Path.of("target", "cdk.out", subfolder));
            Path file = CarillonApp.synthesize(props, folder.toAbsolutePath());
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
