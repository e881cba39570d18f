package io.carillon.local.cli;

import io.carillon.config.Config;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.load.FaultControl;
import io.carillon.local.load.LoadRun;
import io.carillon.local.load.Progress;
import io.carillon.local.load.Report;
import io.carillon.local.load.Scenario;
import io.carillon.local.load.ScenarioFile;
import io.carillon.local.load.Search;
import io.carillon.local.load.TakenBack;
import io.carillon.local.load.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts Carillon under load and checks every promise afterwards. */
@Command(
        name = "load",
        description = "Connect many clients, publish to them while their connections break, and check that nothing was"
                + " lost, repeated or reordered. Exits with 1 if something was.",
        mixinStandardHelpOptions = true,
        modelTransformer = ScenarioOptions.class)
final class LoadCommand implements Callable<Integer> {

    @Option(
            names = "--scenario",
            paramLabel = "NAME|FILE",
            description = "A scenario that comes with Carillon, or a YAML file; the other options override it.")
    private Optional<String> scenarioName;

    @Option(names = "--list-scenarios", description = "List the scenarios that come with Carillon.")
    private boolean list;

    @Mixin
    private LoadAddresses addresses = new LoadAddresses();

    @Option(names = "--key", description = "API key (default: http_api.key of the configuration).")
    private Optional<String> key;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration that runs there, with the keys (default: the one of ./carillon dev).")
    private Optional<Path> config;

    @Option(
            names = "--hmac-secret-file",
            paramLabel = "FILE",
            description = "File with the secret of the clients' tokens (default: that of the configuration).")
    private Optional<Path> secretFile;

    @Option(
            names = "--user-prefix",
            defaultValue = "load-",
            description = "What the users' names begin with (default: ${DEFAULT-VALUE}).")
    private String userPrefix;

    @Option(
            names = "--search",
            paramLabel = "N",
            defaultValue = "0",
            description = "Run N random small scenarios instead, and shrink the first that breaks a promise.")
    private int search;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the report as JSON too; of a search, that of the smallest breach or else the last.")
    private Optional<Path> json;

    @Option(names = "--html", paramLabel = "FILE", description = "Write the report as a page with plots too.")
    private Optional<Path> html;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (list) {
            ScenarioFile.NAMES.forEach(name -> System.out.printf("%-16s %s%n", name, ScenarioFile.purpose(name)));
            return 0;
        }
        requireUsable();
        Scenario scenario = scenario();
        addresses.requireUsable(scenario);
        Config read = ConfigFile.read(config);
        if (search > 0) {
            return search(scenario, read);
        }
        Report report = addresses.start()
                ? startAndRun(scenario, read)
                : runAgainst(scenario, addresses.over(target(read, addresses.server())));
        System.out.println(report.toText());
        write(report);
        return report.passed() ? 0 : 1;
    }

    private void write(Report report) {
        json.ifPresent(file -> ReportFile.write(file, report.toJson() + "\n"));
        html.ifPresent(file -> ReportFile.write(file, report.toHtml()));
    }

    /** Whatever stops this program, Ctrl-C too, must not leave the server misbehaving. */
    private Report runAgainst(Scenario scenario, Target target) throws InterruptedException {
        TakenBack faults = new TakenBack(addresses.faults());
        Thread hook = new Thread(() -> takeBack(faults));
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return run(scenario, target, faults);
        } finally {
            faults.end();
            remove(hook);
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ignored) {
            // This program is being stopped, and the hook runs.
        }
    }

    private static void takeBack(TakenBack faults) {
        try {
            if (faults.end()) {
                System.err.println("carillon: stopped, and the faults are switched off");
            }
        } catch (RuntimeException e) {
            System.err.println("carillon: the faults are still switched on: " + e.getMessage());
        }
    }

    private void requireUsable() {
        if (search < 0) {
            throw new Misconfigured("--search must be 1 or more, not " + search);
        }
        ReportFile.requireUsable("--json", json);
        ReportFile.requireUsable("--html", html);
    }

    private Scenario scenario() {
        try {
            Scenario named = scenarioName.map(ScenarioFile::find).orElse(Scenario.DEFAULT);
            return ScenarioOptions.over(named, spec.commandLine().getParseResult())
                    .checked();
        } catch (IllegalArgumentException e) {
            throw new Misconfigured(e.getMessage());
        }
    }

    private Report startAndRun(Scenario scenario, Config read) throws InterruptedException {
        try (LocalRuntime runtime = LocalRuntime.start(RuntimeSettings.of(read).withoutThrottles())) {
            runtime.closeDoorWhenCrowded();
            URI here = URI.create("http://127.0.0.1:" + runtime.port());
            return run(scenario, target(read, here), runtime.faults()::replace);
        }
    }

    private int search(Scenario base, Config read) throws InterruptedException {
        if (!addresses.start()) {
            throw new Misconfigured("--search needs --start: it does harm to what it runs against");
        }
        try (LocalRuntime runtime = LocalRuntime.start(RuntimeSettings.of(read).withoutThrottles())) {
            Target here = target(read, URI.create("http://127.0.0.1:" + runtime.port()));
            SearchReports reports = new SearchReports(scenario -> run(scenario, here, runtime.faults()::replace));
            Optional<Scenario> found = new Search(base, reports, System.out::println).run(search);
            System.out.println(
                    found.map(scenario -> "The smallest scenario that breaks a promise; save it as a file for"
                                    + " ./carillon load --start --scenario FILE:\n\n" + scenario.toYaml())
                            .orElseGet(() -> reports.summary(search)));
            write(reports.telling());
            return found.isEmpty() && reports.provenAll() ? 0 : 1;
        }
    }

    private Target target(Config read, URI server) {
        String secret =
                secretFile.map(LoadCommand::secret).orElse(read.client().token().hmacSecretKey());
        if (secret.isEmpty()) {
            throw new Misconfigured("needs client.token.hmac_secret_key in the configuration, or --hmac-secret-file,"
                    + " to make the clients' tokens");
        }
        try {
            return Target.at(server, read, key.orElse(read.httpApi().key()))
                    .withSecret(secret)
                    .withUsers(userPrefix);
        } catch (IllegalArgumentException e) {
            throw new Misconfigured(e.getMessage());
        }
    }

    private static String secret(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new Misconfigured("--hmac-secret-file " + file + " cannot be read");
        }
    }

    private static Report run(Scenario scenario, Target target, FaultControl faults) throws InterruptedException {
        System.out.printf(
                "Load on %s: %,d clients, %,d channels, seed %d ...%n",
                target.webSocket(), scenario.clients(), scenario.channels(), scenario.seed());
        boolean live = System.console() != null && System.console().isTerminal();
        return LoadRun.run(scenario, target, faults, Progress.to(System.out, live));
    }
}
