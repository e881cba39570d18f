package io.carillon.local.files;

import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Finds where in a YAML text something stands. */
final class YamlLines {

    private YamlLines() {}

    /**
     * Gives the line, from 1, of the last step of a path that is there.
     *
     * @param path keys, and places in lists as numbers from 0
     */
    static int of(String text, List<String> path) {
        Node node = new Yaml().compose(new StringReader(text));
        int line = node == null ? 0 : node.getStartMark().getLine();
        for (String step : path) {
            Optional<Found> found = find(node, step);
            if (found.isEmpty()) {
                break;
            }
            line = found.get().line();
            node = found.get().value();
        }
        return line + 1;
    }

    /** Whether the whole path is there. */
    static boolean has(String text, List<String> path) {
        Node node = new Yaml().compose(new StringReader(text));
        for (String step : path) {
            Optional<Found> found = find(node, step);
            if (found.isEmpty()) {
                return false;
            }
            node = found.get().value();
        }
        return true;
    }

    private record Found(int line, Node value) {}

    private static Optional<Found> find(Node node, String step) {
        return switch (node) {
            case MappingNode mapping ->
                mapping.getValue().stream()
                        .filter(tuple -> isKey(tuple, step))
                        .findFirst()
                        .map(tuple ->
                                new Found(tuple.getKeyNode().getStartMark().getLine(), tuple.getValueNode()));
            case SequenceNode list ->
                list.getValue().stream()
                        .skip(Integer.parseInt(step))
                        .findFirst()
                        .map(value -> new Found(value.getStartMark().getLine(), value));
            case null, default -> Optional.empty();
        };
    }

    private static boolean isKey(NodeTuple tuple, String step) {
        return tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(step);
    }
}
