package io.carillon.local.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The resources of a CloudFormation template, and how they refer to each other by {@code Ref} and {@code Fn::GetAtt}.
 */
record Template(JsonNode resources) {

    private static final String ALIAS = "AWS::Lambda::Alias";

    /** One resource: its logical id, and its properties. */
    record Resource(String id, String type, JsonNode properties) {

        String text(String property) {
            return properties.path(property).asText();
        }

        /** Gives a property that must be there. */
        String required(String property) {
            JsonNode value = properties.path(property);
            if (!value.isValueNode() || value.asText().isEmpty()) {
                throw new InvalidTemplate(this + " has no " + property);
            }
            return value.asText();
        }

        @Override
        public String toString() {
            return type + " " + id;
        }
    }

    static Template read(String json) {
        try {
            JsonNode resources = Json.mapper().readTree(json).path("Resources");
            if (!resources.isObject()) {
                throw new InvalidTemplate("it has no Resources: name a CloudFormation template in JSON, such as"
                        + " ./carillon synth writes to infra-cdk/cdk.out");
            }
            return new Template(resources);
        } catch (JsonProcessingException e) {
            throw new InvalidTemplate("it is not JSON: " + e.getOriginalMessage() + " (line "
                    + e.getLocation().getLineNr() + ")");
        }
    }

    List<Resource> all(String type) {
        return resources.properties().stream()
                .map(entry -> resource(entry.getKey()))
                .filter(resource -> resource.type().equals(type))
                .toList();
    }

    /** Gives the only resource of a type that has a property of a value. */
    Resource only(String type, String property, String value) {
        List<Resource> found = all(type).stream()
                .filter(resource -> resource.text(property).equals(value))
                .toList();
        return only(found, type + " with " + property + " " + value);
    }

    Resource only(String type) {
        return only(all(type), type);
    }

    private static Resource only(List<Resource> found, String what) {
        if (found.size() != 1) {
            throw new InvalidTemplate("it must have one " + what + ", and has " + found.size());
        }
        return found.getFirst();
    }

    /** Gives the resources of a type that belong to an API. */
    List<Resource> of(Resource api, String type) {
        return all(type).stream()
                .filter(resource -> refersTo(resource.properties().path("ApiId"), api))
                .toList();
    }

    boolean refersTo(JsonNode expression, Resource resource) {
        return references(expression).contains(resource.id());
    }

    /** Gives the resource of a type that an expression names; a function is also named by its alias. */
    Optional<Resource> find(JsonNode expression, String type) {
        for (String id : references(expression)) {
            Resource resource = resource(id);
            if (resource.type().equals(type)) {
                return Optional.of(resource);
            }
            if (resource.type().equals(ALIAS)) {
                return find(resource.properties().path("FunctionName"), type);
            }
        }
        return Optional.empty();
    }

    /** Gives the resource of a type that a property must name. */
    Resource named(Resource by, String property, String type) {
        return find(by.properties().path(property), type)
                .orElseThrow(() -> new InvalidTemplate(by + " must name an " + type + " as its " + property));
    }

    private Resource resource(String id) {
        JsonNode body = resources.path(id);
        return new Resource(id, body.path("Type").asText(), body.path("Properties"));
    }

    private static List<String> references(JsonNode expression) {
        List<String> found = new ArrayList<>();
        if (expression.path("Ref").isTextual()) {
            found.add(expression.path("Ref").asText());
        }
        if (expression.path("Fn::GetAtt").isArray()) {
            found.add(expression.path("Fn::GetAtt").path(0).asText());
        }
        expression.forEach(inner -> found.addAll(references(inner)));
        return found;
    }
}
