package io.carillon.local.backends;

import io.carillon.local.backends.RuntimeApi.Invocation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An execution environment of a function: a process with the file in it, which handles one event at a time. What it
 * prints is logged under the function's name.
 */
final class Environment implements AutoCloseable {

    private final RuntimeApi api;
    private final Process process;
    private final FileTime version;

    private Environment(RuntimeApi api, Process process, FileTime version) {
        this.api = api;
        this.process = process;
        this.version = version;
    }

    /**
     * Starts the process, and does not wait for it.
     *
     * @throws InitFailed if it does not start; the message names the remedy
     */
    static Environment start(FunctionFile file) {
        FileTime version = file.version();
        RuntimeApi api = new RuntimeApi();
        List<String> command = new ArrayList<>(file.command());
        command.add(file.path().toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(file.path().getParent().toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(variables(file, api));
        try {
            Process process = builder.start();
            Logger log = LoggerFactory.getLogger("io.carillon.function." + file.name());
            Thread.startVirtualThread(() -> log(process, log));
            process.onExit()
                    .thenAccept(ended -> api.fail(
                            "Runtime.ExitError", "Runtime exited with error: exit status " + ended.exitValue()));
            return new Environment(api, process, version);
        } catch (IOException e) {
            api.close();
            throw new InitFailed(
                    "%s cannot be started (%s): %s".formatted(command.getFirst(), e.getMessage(), file.remedy()), e);
        }
    }

    private static Map<String, String> variables(FunctionFile file, RuntimeApi api) {
        return Map.of(
                "AWS_LAMBDA_RUNTIME_API",
                api.address(),
                "AWS_LAMBDA_FUNCTION_NAME",
                file.name(),
                "AWS_LAMBDA_FUNCTION_VERSION",
                "$LATEST",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                "512",
                "AWS_LAMBDA_LOG_GROUP_NAME",
                "/aws/lambda/" + file.name(),
                "AWS_LAMBDA_LOG_STREAM_NAME",
                "local",
                "LAMBDA_TASK_ROOT",
                file.path().getParent().toString());
    }

    private static void log(Process process, Logger log) {
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(log::info);
        } catch (IOException | UncheckedIOException e) {
            log.debug("What the function prints cannot be read any more", e);
        }
    }

    /** Completes when the handler is loaded; exceptionally if it cannot be, with what there is to say. */
    CompletableFuture<Void> ready() {
        return api.ready();
    }

    CompletableFuture<Outcome> invoke(Invocation invocation) {
        CompletableFuture<Outcome> outcome = api.invoke(invocation);
        if (!process.isAlive()) {
            api.fail("Runtime.ExitError", "Runtime exited with error: exit status " + process.exitValue());
        }
        return outcome;
    }

    /** Whether it can take another event, and would run the file as it is now. */
    boolean isGoodFor(FunctionFile file) {
        return process.isAlive() && !api.isBusy() && version.equals(file.version());
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        api.close();
    }
}
