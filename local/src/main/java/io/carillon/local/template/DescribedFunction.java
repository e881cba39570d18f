package io.carillon.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.functions.PlatformsHandler;
import io.carillon.local.template.Template.Resource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A Lambda function.
 *
 * @param id its logical id in the template
 * @param handler the class that handles its events
 * @param timeout how long one invocation may take
 * @param memoryMb its memory in MB; nothing here runs in less
 * @param environment its variables; a value may be an expression of the template
 */
public record DescribedFunction(
        String id, String handler, Duration timeout, int memoryMb, Map<String, JsonNode> environment) {

    static final String TYPE = "AWS::Lambda::Function";

    /** What Lambda takes where a template says nothing. */
    private static final int TIMEOUT_SECONDS = 3;

    private static final int MEMORY_MB = 128;

    public DescribedFunction {
        environment = Map.copyOf(environment);
    }

    /**
     * Says whether a function is one of Carillon's that run, and not of the application that has Carillon in its stack, nor
     * the one that deployments invoke.
     */
    static boolean isOwn(Resource resource) {
        String handler = resource.text("Handler");
        return (handler.startsWith("io.carillon.functions.") && !handler.equals(PlatformsHandler.class.getName()))
                || resource.properties().path("Environment").path("Variables").has("CARILLON_CONFIG");
    }

    static DescribedFunction of(Resource resource) {
        Map<String, JsonNode> environment = new HashMap<>();
        resource.properties()
                .path("Environment")
                .path("Variables")
                .properties()
                .forEach(variable -> environment.put(variable.getKey(), variable.getValue()));
        return new DescribedFunction(
                resource.id(),
                resource.required("Handler"),
                Duration.ofSeconds(resource.properties().path("Timeout").asInt(TIMEOUT_SECONDS)),
                resource.properties().path("MemorySize").asInt(MEMORY_MB),
                environment);
    }

    DescribedFunction withTimeout(Duration other) {
        return new DescribedFunction(id, handler, other, memoryMb, environment);
    }

    boolean has(String variable) {
        JsonNode value = environment.get(variable);
        return value != null && !(value.isValueNode() && value.asText().isEmpty());
    }

    /** Gives the handler's class without its package. */
    String handlerName() {
        return handler.substring(handler.lastIndexOf('.') + 1);
    }

    /** Gives a variable that the function does not work without. */
    JsonNode variable(String name) {
        if (!has(name)) {
            throw new InvalidTemplate(this + " does not work without the environment variable " + name);
        }
        return environment.get(name);
    }

    @Override
    public String toString() {
        return "the function " + id + " (" + handler + ")";
    }
}
