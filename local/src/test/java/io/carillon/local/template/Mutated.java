package io.carillon.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.events.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The template that the runtime comes with, to be changed in one place. */
final class Mutated {

    private final ObjectNode template;

    private Mutated(ObjectNode template) {
        this.template = template;
    }

    static Mutated template() {
        return read("dev.json");
    }

    /** Gives a template with subscriptions of all kinds to events. */
    static Mutated telling() {
        return read("/telling.json");
    }

    private static Mutated read(String resource) {
        try (InputStream input = Description.class.getResourceAsStream(resource)) {
            return new Mutated((ObjectNode) Json.mapper().readTree(input));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode resources() {
        return (ObjectNode) template.path("Resources");
    }

    /** Finds the logical id of a resource by its type and the value of one of its properties. */
    String id(String type, String property, String value) {
        return resources().properties().stream()
                .filter(entry -> entry.getValue().path("Type").asText().equals(type))
                .filter(entry -> entry.getValue()
                        .path("Properties")
                        .path(property)
                        .asText()
                        .equals(value))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + type + " has " + property + " " + value))
                .getKey();
    }

    String function(String handler) {
        return id(DescribedFunction.TYPE, "Handler", "io.carillon.functions." + handler);
    }

    /** Finds the logical id of the subscription whose target's begins so. */
    String subscription(String target) {
        return resources().properties().stream()
                .filter(entry -> entry.getValue().path("Type").asText().equals(DescribedSubscription.TYPE))
                .filter(entry -> entry.getValue()
                        .at("/Properties/Endpoint")
                        .toString()
                        .matches("\\{\"Fn::GetAtt\":\\[\"(CarillonEvents)?" + target + ".*"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nothing subscribes " + target))
                .getKey();
    }

    /** Gives the properties of a resource, to be changed in place. */
    ObjectNode properties(String id) {
        return (ObjectNode) resources().path(id).path("Properties");
    }

    ObjectNode variables(String handler) {
        return (ObjectNode) properties(function(handler)).at("/Environment/Variables");
    }

    /** Gives the properties of the only resource of a type. */
    ObjectNode only(String type) {
        return (ObjectNode) resources().properties().stream()
                .map(Map.Entry::getValue)
                .filter(body -> body.path("Type").asText().equals(type))
                .map(body -> body.path("Properties"))
                .findFirst()
                .orElseThrow();
    }

    /** Finds what feeds a handler from its queue. */
    String mappingId(String handler) {
        Template read = new Template(resources());
        String function = function(handler);
        return read.all(DescribedMapping.TYPE).stream()
                .filter(mapping -> read.named(mapping, "FunctionName", DescribedFunction.TYPE)
                        .id()
                        .equals(function))
                .findFirst()
                .orElseThrow()
                .id();
    }

    /** Gives the properties of what feeds a handler from its queue. */
    ObjectNode mapping(String handler) {
        return properties(mappingId(handler));
    }

    Mutated without(String id) {
        resources().remove(id);
        return this;
    }

    /** Removes all resources of a type. */
    Mutated withoutType(String type) {
        resources()
                .properties()
                .removeIf(entry -> entry.getValue().path("Type").asText().equals(type));
        return this;
    }

    JsonNode alias(String functionId) {
        return Json.mapper().createObjectNode().put("Ref", functionId);
    }

    Description description() {
        return Description.of(template.toString());
    }
}
