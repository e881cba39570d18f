package io.carillon.local.cost;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.carillon.local.files.StrictYaml;
import java.util.Map;

/**
 * Says what of a deployment decides its bill.
 *
 * @param functions the functions by name
 * @param pollers how many pollers an event source mapping keeps on an idle queue
 * @param pollSeconds how long each of their polls waits
 */
public record Deployment(Map<String, Function> functions, int pollers, int pollSeconds) {

    private static final int MEGABYTES_PER_GIGABYTE = 1_024;
    private static final long SECONDS_PER_MONTH = 30L * 24 * 60 * 60;

    /** Copies the functions. */
    public Deployment {
        functions = Map.copyOf(functions);
    }

    /** The processor that a function runs on. */
    public enum Architecture {
        /** Graviton. */
        @JsonProperty("arm64")
        ARM64,
        /** Intel and AMD. */
        @JsonProperty("x86_64")
        X86_64
    }

    /**
     * One function.
     *
     * @param memoryMb its memory in MB: 128 to 10,240
     * @param architecture its processor
     */
    public record Function(int memoryMb, Architecture architecture) {

        /** Checks Lambda's limits. */
        public Function {
            if (memoryMb < 128 || memoryMb > 10_240) {
                throw new IllegalArgumentException("memory_mb must be 128 to 10240, not " + memoryMb);
            }
        }

        double gigabytes() {
            return (double) memoryMb / MEGABYTES_PER_GIGABYTE;
        }

        Billed duration() {
            return switch (architecture) {
                case ARM64 -> Billed.LAMBDA_GB_SECONDS_ARM64;
                case X86_64 -> Billed.LAMBDA_GB_SECONDS_X86_64;
            };
        }
    }

    /** Gives what the stack deploys. */
    public static Deployment standard() {
        return StrictYaml.resource(Deployment.class, "deployment.yaml", Deployment.class);
    }

    Function function(String name) {
        Function function = functions.get(name);
        if (function == null) {
            throw new IllegalArgumentException("the deployment says nothing of the function " + name);
        }
        return function;
    }

    /** Counts the polls of an idle queue in a month of 30 days. */
    public long idlePollsPerMonth() {
        return pollers * SECONDS_PER_MONTH / pollSeconds;
    }
}
