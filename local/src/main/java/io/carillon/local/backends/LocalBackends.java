package io.carillon.local.backends;

import io.carillon.config.ProxyConfig;
import io.carillon.http.HttpBackends;
import io.carillon.lambda.LambdaBackends;
import io.carillon.local.lambda.LambdaFunction;
import io.carillon.proxy.Backend;
import io.carillon.proxy.Backends;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reaches the application's backends from the local runtime: URLs as they are, and Lambda functions as files on this
 * machine, each in processes of its own that speak Lambda's Runtime API. So a file that works here can be deployed as the
 * function.
 *
 * <p>Safe for use by several threads. Closing ends the processes.
 */
public final class LocalBackends implements Backends, AutoCloseable {

    private final Map<String, LocalFunction> functions = new TreeMap<>();
    private final Backends backends;

    /**
     * Takes the files, and starts each in the background.
     *
     * @param files by the names of the functions, as in their ARNs
     * @throws IllegalArgumentException if a file is missing or cannot be a function; the message names the remedy
     */
    public LocalBackends(Map<String, Path> files) {
        files.forEach((name, file) -> functions.put(name, new LocalFunction(FunctionFile.of(name, file))));
        LocalLambda lambda = new LocalLambda(functions);
        backends = Backends.of(new HttpBackends(), new LambdaBackends(region -> lambda));
        functions.values().forEach(function -> Thread.startVirtualThread(function::warm));
    }

    @Override
    public Backend at(ProxyConfig config) {
        return backends.at(config);
    }

    /** Lists the functions, for those that events invoke. */
    public List<LambdaFunction> functions() {
        return functions.entrySet().stream()
                .<LambdaFunction>map(entry -> new FileFunction(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public void close() {
        functions.values().forEach(LocalFunction::close);
    }
}
