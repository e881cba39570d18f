package io.carillon.local.cli;

import io.carillon.config.Config;
import io.carillon.config.EventKind;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.Storage;
import io.carillon.local.backends.LocalBackends;
import io.carillon.local.gateway.Cors;
import io.carillon.local.gateway.GatewaySettings;
import io.carillon.local.latency.Latency;
import io.carillon.local.latency.LatencyModel;
import io.carillon.local.pages.DevPages;
import io.carillon.local.pages.FaultsPage;
import io.carillon.local.pages.MetricsPage;
import io.carillon.local.pages.QueuesPage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Runs everything on this machine until it is stopped. */
@Command(
        name = "dev",
        description = "Run the whole system on this machine, with a demo page. Ctrl-C stops it.",
        mixinStandardHelpOptions = true)
final class DevCommand implements Callable<Integer> {

    private static final long LATENCY_SEED = 1;

    @Option(
            names = "--port",
            defaultValue = "8000",
            description = "Port to listen on; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}, this machine only).")
    private String host;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration in Centrifugo's format, JSON or YAML (default: one for development).")
    private Optional<Path> config;

    @Option(
            names = "--latency",
            paramLabel = "aws|none|FILE",
            defaultValue = "none",
            description =
                    "Give each call the delay that it has in AWS, or that a file says (default: ${DEFAULT-VALUE}).")
    private String latency;

    @Option(
            names = "--template",
            paramLabel = "FILE",
            description = "Run what this CloudFormation template describes, as ./carillon synth writes it to"
                    + " infra-cdk/cdk.out (default: that of the stage dev).")
    private Optional<Path> template = Optional.empty();

    @Option(
            names = "--function",
            paramLabel = "NAME=FILE",
            description =
                    "Answer for the Lambda function of this name, which proxies in the configuration call by its ARN,"
                            + " or which the template subscribes to events, with a Node.js file that exports a handler, or a Java source file. Can be repeated.")
    private Map<String, Path> functions = new LinkedHashMap<>();

    @Option(
            names = "--webhook",
            paramLabel = "[URL=]URL",
            description = "Post the events that the configuration asks for to this http or https URL, as SNS does:"
                    + " signed, and repeated when refused. Behind a URL that the template subscribes and an equals sign:"
                    + " in its place, with its filter policy. Can be repeated.")
    private List<String> webhooks = new ArrayList<>();

    @Mixin
    private FaultOptions faults = new FaultOptions();

    @ArgGroup
    private Where where = new Where();

    /** Where tables and queues are; one or the other. */
    static final class Where {

        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "Keep the tables in this directory between runs (default: in memory).")
        private Optional<Path> data = Optional.empty();

        @Option(
                names = "--aws-endpoint",
                paramLabel = "URL",
                description = "Use DynamoDB, SQS and SNS at this address, such as http://localhost:4566,"
                        + " instead of the embedded ones.")
        private Optional<URI> endpoint = Optional.empty();

        Storage storage() {
            return endpoint.<Storage>map(Storage.Endpoint::new)
                    .or(() -> data.map(Storage.Directory::new))
                    .orElseGet(Storage.InMemory::new);
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        long began = System.nanoTime();
        requireUsable();
        Config read = ConfigFile.read(config);
        List<Webhook> posted = webhooks.stream().map(Webhook::parse).toList();
        requireEvents(read);
        GatewaySettings gateway = GatewaySettings.defaults()
                .withHost(host)
                .withPort(port)
                .withCors(Cors.where(read.client().allowedOrigins()));
        RuntimeSettings settings = RuntimeSettings.of(read)
                .withGateway(gateway)
                .withStorage(where.storage())
                .withFaults(faults.plan())
                .withDescription(TemplateFile.read(template));
        NamedFunctions.of(read, settings.description().subscriptions()).requireAll(functions);
        FaultsPage faultsPage = new FaultsPage();
        MetricsPage metricsPage = new MetricsPage();
        QueuesPage queuesPage = new QueuesPage();
        DevPages pages = new DevPages(read, faultsPage, metricsPage, queuesPage);
        LocalBackends backends = backends();
        LocalRuntime runtime = start(delayed(settings), pages, backends);
        runtime.closeDoorWhenCrowded();
        metricsPage.show(runtime.metrics());
        queuesPage.show(runtime.failedMails(), runtime.failedPushes());
        faultsPage.show(runtime.faults());
        pages.showPushes(runtime::sentPushes);
        List<String> silent = Subscribers.subscribe(runtime, posted, backends);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            System.out.println("\nStopping ...");
            runtime.close();
            backends.close();
        }));
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        System.out.println(Banner.of(read, host, runtime.port(), took));
        runtime.topic().map(Banner::of).ifPresent(System.out::println);
        silent.forEach(System.out::println);
        Thread.currentThread().join();
        return 0;
    }

    private RuntimeSettings delayed(RuntimeSettings settings) {
        try {
            return LatencyModel.named(latency)
                    .map(model -> new Latency(model, LATENCY_SEED).in(settings))
                    .orElse(settings);
        } catch (IllegalArgumentException e) {
            throw new Misconfigured("--latency: " + e.getMessage());
        }
    }

    private void requireUsable() {
        if (port < 0 || port > 65_535) {
            throw new Misconfigured("--port must be 0 to 65535, not " + port);
        }
        where.endpoint.ifPresent(address -> {
            if (address.getHost() == null) {
                throw new Misconfigured(
                        "--aws-endpoint must be an address such as http://localhost:4566, not " + address);
            }
        });
    }

    private void requireEvents(Config read) {
        if (!webhooks.isEmpty() && !EventKind.isAskedBy(read)) {
            throw new Misconfigured("--webhook needs a configuration (--config) that lists what to tell, in"
                    + " carillon.events, or in a namespace's: see docs/guides/events.md");
        }
    }

    private LocalBackends backends() {
        Map<String, Path> files = new HashMap<>(ConfigFile.functions(config));
        files.putAll(functions);
        try {
            return new LocalBackends(files);
        } catch (IllegalArgumentException e) {
            throw new Misconfigured(e.getMessage());
        }
    }

    private LocalRuntime start(RuntimeSettings settings, DevPages pages, LocalBackends backends) {
        try {
            return LocalRuntime.start(settings, pages, ports -> ports.withBackends(backends));
        } catch (SdkClientException e) {
            throw new IllegalStateException(
                    where.endpoint
                                    .map(address ->
                                            "nothing that speaks AWS answers at " + address + ": is it running? ")
                                    .orElse("")
                            + "(" + e.getMessage() + ")",
                    e);
        }
    }
}
