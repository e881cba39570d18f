package io.carillon.local.cli;

import io.carillon.config.Config;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.load.LoadRun;
import io.carillon.local.load.Progress;
import io.carillon.local.load.Report;
import io.carillon.local.load.Scenario;
import io.carillon.local.load.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Puts Carillon under load and checks every promise afterwards. */
@Command(
        name = "load",
        description = "Connect many clients, publish to them while their connections break, and check that nothing was"
                + " lost, repeated or reordered. Exits with 1 if something was.",
        mixinStandardHelpOptions = true)
final class LoadCommand implements Callable<Integer> {

    @Option(
            names = "--url",
            defaultValue = "http://localhost:8000",
            description = "Where Carillon runs (default: ${DEFAULT-VALUE}).")
    private URI url;

    @Option(names = "--start", description = "Run Carillon in this process for the test, instead of --url.")
    private boolean start;

    @Option(names = "--key", description = "API key (default: http_api.key of the configuration).")
    private Optional<String> key;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration that runs there, with the keys (default: the one of ./carillon dev).")
    private Optional<Path> config;

    @Option(names = "--clients", defaultValue = "200", description = "Clients to connect (default: ${DEFAULT-VALUE}).")
    private int clients;

    @Option(names = "--channels", defaultValue = "20", description = "Channels (default: ${DEFAULT-VALUE}).")
    private int channels;

    @Option(
            names = "--subscriptions",
            defaultValue = "2",
            description = "Channels that each client subscribes to (default: ${DEFAULT-VALUE}).")
    private int subscriptions;

    @Option(
            names = "--publications",
            defaultValue = "20000",
            description = "Publications in all (default: ${DEFAULT-VALUE}).")
    private int publications;

    @Option(
            names = "--publishers",
            defaultValue = "16",
            description = "Publications under way at the same time (default: ${DEFAULT-VALUE}).")
    private int publishers;

    @Option(
            names = "--rate",
            defaultValue = "0",
            description =
                    "Publications per second; 0 for as many as the publishers manage (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--payload",
            defaultValue = "200",
            description = "Bytes of each publication's data (default: ${DEFAULT-VALUE}).")
    private int payload;

    @Option(
            names = "--disconnects",
            defaultValue = "3",
            description = "How often each client's connection is cut, on average (default: ${DEFAULT-VALUE}).")
    private double disconnects;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Decides payloads and disconnects (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--namespace",
            defaultValue = "load",
            description = "Namespace of the channels; needs history and recovery (default: ${DEFAULT-VALUE}).")
    private String namespace;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report as JSON too.")
    private Optional<Path> json;

    @Override
    public Integer call() throws InterruptedException {
        Scenario scenario = scenario();
        Config read = ConfigFile.read(config);
        if (read.client().token().hmacSecretKey().isEmpty()) {
            throw new Misconfigured(
                    "needs client.token.hmac_secret_key in the configuration, to make the clients' tokens");
        }
        Report report = start ? startAndRun(scenario, read) : run(scenario, target(read, url));
        System.out.println(report.toText());
        json.ifPresent(file -> write(file, report));
        return report.passed() ? 0 : 1;
    }

    private Scenario scenario() {
        try {
            return new Scenario(
                    clients,
                    channels,
                    subscriptions,
                    publications,
                    publishers,
                    rate,
                    payload,
                    disconnects,
                    seed,
                    namespace);
        } catch (IllegalArgumentException e) {
            throw new Misconfigured(e.getMessage());
        }
    }

    private Report startAndRun(Scenario scenario, Config read) throws InterruptedException {
        try (LocalRuntime runtime = LocalRuntime.start(RuntimeSettings.of(read))) {
            return run(scenario, target(read, URI.create("http://127.0.0.1:" + runtime.port())));
        }
    }

    private Target target(Config read, URI server) {
        try {
            return new Target(server, read, key.orElse(read.httpApi().key()));
        } catch (IllegalArgumentException e) {
            throw new Misconfigured(e.getMessage());
        }
    }

    private static Report run(Scenario scenario, Target target) throws InterruptedException {
        System.out.printf(
                "Load on %s: %,d clients, %,d channels, %,d publications ...%n",
                target.server(), scenario.clients(), scenario.channels(), scenario.publications());
        boolean live = System.console() != null && System.console().isTerminal();
        return LoadRun.run(scenario, target, Progress.to(System.out, live));
    }

    private static void write(Path file, Report report) {
        try {
            Files.writeString(file, report.toJson() + "\n");
        } catch (IOException e) {
            throw new IllegalStateException("the report could not be written to " + file + ": " + e.getMessage());
        }
    }
}
