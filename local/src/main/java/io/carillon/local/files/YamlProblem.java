package io.carillon.local.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Words what is wrong in a file for whoever wrote it: the line, the key, and what is allowed there. */
final class YamlProblem {

    private static final JsonMapper NAMES = JsonMapper.builder().build();

    private final String text;
    private final String name;

    YamlProblem(String text, String name) {
        this.text = text;
        this.name = name;
    }

    String of(YAMLException e) {
        return e instanceof MarkedYAMLException marked && marked.getProblemMark() != null
                ? name + " line " + (marked.getProblemMark().getLine() + 1) + ": " + sentence(marked)
                : name + " cannot be read: " + e.getMessage();
    }

    /** Some problems are only the second half of a sentence. */
    private static String sentence(MarkedYAMLException marked) {
        return marked.getProblem().startsWith("but ")
                ? marked.getContext() + ", " + marked.getProblem()
                : marked.getProblem();
    }

    String of(JsonProcessingException e) {
        if (!(e instanceof JsonMappingException mapping)) {
            return name + ": " + e.getOriginalMessage();
        }
        List<String> path = mapping.getPath().stream().map(YamlProblem::step).toList();
        String place = name + " line " + YamlLines.of(text, path) + ": ";
        return switch (mapping) {
            case UnrecognizedPropertyException unknown ->
                place + unknownKey(path, unknown.getPropertyName(), unknown.getKnownPropertyIds());
            case InvalidFormatException key
            when key.getOriginalMessage().contains("Map key") ->
                name + " line " + YamlLines.of(text, withKey(path, key)) + ": "
                        + unknownKey(withKey(path, key), String.valueOf(key.getValue()), constants(key));
            case ValueInstantiationException own ->
                place + dotted(path) + own.getCause().getMessage();
            case MismatchedInputException other -> place + mismatch(path, other);
            default -> place + mapping.getOriginalMessage();
        };
    }

    private static String step(Reference reference) {
        return reference.getFieldName() == null ? String.valueOf(reference.getIndex()) : reference.getFieldName();
    }

    private static List<String> withKey(List<String> path, InvalidFormatException e) {
        String key = String.valueOf(e.getValue());
        return !path.isEmpty() && path.getLast().equals(key)
                ? path
                : Stream.concat(path.stream(), Stream.of(key)).toList();
    }

    private static String unknownKey(List<String> path, String key, Collection<?> known) {
        String keys = known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
        return dotted(path.subList(0, path.size() - 1)) + "unknown key '" + key + "': the keys are " + keys;
    }

    private String mismatch(List<String> path, MismatchedInputException e) {
        String key = path.isEmpty() ? "it" : String.join(".", path);
        if (!YamlLines.has(text, path)) {
            return key + " is missing";
        }
        String value = e instanceof InvalidFormatException format ? ", not '" + format.getValue() + "'" : "";
        return key + " must be " + allowed(e) + value;
    }

    private static String allowed(MismatchedInputException e) {
        Class<?> type = e.getTargetType();
        if (type == null) {
            return "another value";
        }
        if (type.isEnum()) {
            return "one of " + String.join(", ", constants(e));
        }
        if (type == double.class || type == Double.class) {
            return "a number";
        }
        if (type == String.class) {
            return "a text";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a whole number";
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "keys with values";
    }

    private static List<String> constants(MismatchedInputException e) {
        return Arrays.stream(e.getTargetType().getEnumConstants())
                .map(constant -> NAMES.convertValue(constant, String.class))
                .toList();
    }

    private static String dotted(List<String> path) {
        return path.isEmpty() ? "" : String.join(".", path) + ": ";
    }
}
