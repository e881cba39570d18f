package io.carillon.local.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.carillon.events.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Computes a message's route key by a route selection expression: {@code $request.body.action}, or several variables
 * and fixed text as in {@code ${request.body.service}/${request.body.action}}. A path may have names and
 * {@code [index]} steps. A missing value gives an empty text, and any other value its text, an array
 * {@code [item1, item2]} (API Gateway developer guide, "Create routes for WebSocket APIs").
 */
record RouteSelection(List<Part> parts) {

    /** Either fixed text, or the path of a value in the message. */
    record Part(boolean fixed, String text, List<String> path) {}

    private static final String BODY = "request.body";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern STEP = Pattern.compile("\\.([A-Za-z0-9_-]+)|\\[(\\d+)]");
    private static final ObjectMapper MAPPER = Json.mapper();

    static RouteSelection parse(String expression) {
        if (expression.startsWith("$" + BODY)) {
            return new RouteSelection(List.of(variable(expression.substring(1), expression)));
        }
        List<Part> parts = new ArrayList<>();
        Matcher variables = VARIABLE.matcher(expression);
        int end = 0;
        while (variables.find()) {
            parts.add(new Part(true, expression.substring(end, variables.start()), List.of()));
            parts.add(variable(variables.group(1), expression));
            end = variables.end();
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("The route selection expression " + expression
                    + " names no variable; write it like $request.body.action");
        }
        parts.add(new Part(true, expression.substring(end), List.of()));
        return new RouteSelection(List.copyOf(parts));
    }

    private static Part variable(String variable, String expression) {
        List<String> path = new ArrayList<>();
        String rest = variable.startsWith(BODY) ? variable.substring(BODY.length()) : "?";
        Matcher steps = STEP.matcher(rest);
        int end = 0;
        while (steps.find() && steps.start() == end) {
            path.add(steps.group(1) == null ? steps.group(2) : steps.group(1));
            end = steps.end();
        }
        if (end != rest.length() || path.isEmpty()) {
            throw new IllegalArgumentException("The route selection expression " + expression
                    + " must name fields of the message, like $request.body.action, not " + variable);
        }
        return new Part(false, variable, List.copyOf(path));
    }

    /** Gives the route key of a message; empty when the message is not JSON. */
    Optional<String> evaluate(String message) {
        JsonNode body;
        try {
            body = MAPPER.readTree(message);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        return Optional.of(parts.stream()
                .map(part -> part.fixed() ? part.text() : text(at(body, part.path())))
                .collect(Collectors.joining()));
    }

    private static JsonNode at(JsonNode body, List<String> path) {
        JsonNode node = body;
        for (String step : path) {
            if (node.isArray()) {
                node = step.matches("\\d{1,6}") ? node.path(Integer.parseInt(step)) : MissingNode.getInstance();
            } else {
                node = node.path(step);
            }
        }
        return node;
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(RouteSelection::text)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return value.isObject() ? value.toString() : value.isNull() ? "" : value.asText();
    }
}
