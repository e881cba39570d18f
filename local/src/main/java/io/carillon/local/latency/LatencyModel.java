package io.carillon.local.latency;

import io.carillon.local.files.StrictYaml;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long each step takes in AWS, without the way between a client and the Region.
 *
 * @param hops one distribution for each of {@link Hop}
 * @param coldStart what an invocation takes longer that finds no warm environment
 * @param coldStartProbability how many of the invocations do: 0 to 1
 */
public record LatencyModel(Map<Hop, Distribution> hops, Distribution coldStart, double coldStartProbability) {

    /** Checks that it is whole. */
    public LatencyModel {
        Map<Hop, Distribution> given = hops;
        List<String> missing = Arrays.stream(Hop.values())
                .filter(hop -> given.get(hop) == null)
                .map(Hop::key)
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("has no distribution for " + String.join(", ", missing));
        }
        hops = Map.copyOf(hops);
        if (!(coldStartProbability >= 0 && coldStartProbability <= 1)) {
            throw new IllegalArgumentException("cold_start_probability must be 0 to 1, not " + coldStartProbability);
        }
    }

    /** Gives what is known of AWS, inside one Region. */
    public static LatencyModel aws() {
        return StrictYaml.resource(LatencyModel.class, "aws.yaml", LatencyModel.class);
    }

    /**
     * Finds a model as the command line names it: {@code aws}, {@code none}, or a file.
     *
     * @return the model; empty for {@code none}
     * @throws IllegalArgumentException if the file cannot be read or is not a model
     */
    public static Optional<LatencyModel> named(String name) {
        return switch (name) {
            case "none" -> Optional.empty();
            case "aws" -> Optional.of(aws());
            default -> Optional.of(StrictYaml.read(Path.of(name), LatencyModel.class));
        };
    }
}
