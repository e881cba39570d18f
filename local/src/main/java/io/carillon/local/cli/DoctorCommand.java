package io.carillon.local.cli;

import io.carillon.config.Config;
import io.carillon.local.doctor.ConfigCheck;
import io.carillon.local.doctor.Finding;
import io.carillon.local.doctor.LoadCheck;
import io.carillon.local.doctor.QueuesCheck;
import io.carillon.local.doctor.ServerCheck;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks a deployment over, and says what to do about what it finds. */
@Command(
        name = "doctor",
        description = "Check a deployment, or ./carillon dev: configuration, addresses, clock, keys, a client's round"
                + " trip, queues, and the quotas against an expected load. Exits with 1 if something does not work.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    @Mixin
    private Deployment deployment = new Deployment();

    @Option(
            names = "--ws-url",
            paramLabel = "URL",
            description =
                    "The WebSocket API's address with its stage, or the custom domain's, such as"
                            + " wss://abc.execute-api.eu-west-1.amazonaws.com/prod (default: the one of ./carillon dev at --url).")
    private Optional<URI> webSocket;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The deployed configuration, JSON or YAML (default: the one of ./carillon dev).")
    private Optional<Path> config;

    @Option(
            names = "--token",
            description = "A connection token, where the configuration holds no secret to make one with.")
    private Optional<String> token;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Connections to expect at the busiest time (default: ${DEFAULT-VALUE}).")
    private long connections;

    @Option(
            names = "--publications",
            paramLabel = "N",
            defaultValue = "10",
            description = "Publications per second to expect then, in all channels (default: ${DEFAULT-VALUE}).")
    private double publications;

    @Option(
            names = "--subscribers",
            paramLabel = "N",
            defaultValue = "100",
            description = "Subscribers that one reaches, on average (default: ${DEFAULT-VALUE}).")
    private double subscribers;

    @Option(
            names = "--busiest",
            paramLabel = "N",
            description = "Publications per second in the busiest channel (default: all of them).")
    private Optional<Double> busiest;

    @Override
    public Integer call() throws InterruptedException {
        if (connections < 0 || publications < 0 || subscribers < 0) {
            throw new Misconfigured("--connections, --publications and --subscribers must be 0 or more");
        }
        if (webSocket.isEmpty() && !deployment.isHere()) {
            throw new Misconfigured("name the WebSocket API's address with --ws-url, such as"
                    + " wss://abc.execute-api.eu-west-1.amazonaws.com/prod");
        }
        Config read = ConfigFile.read(config);
        List<Finding> found = new ArrayList<>(new ConfigCheck(read, deployment.isHere()).look());
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build()) {
            found.addAll(new ServerCheck(
                            http,
                            read,
                            deployment.url(),
                            webSocket.orElseGet(this::local),
                            token,
                            InstantSource.system())
                    .look());
        }
        found.addAll(queues());
        found.addAll(new LoadCheck(
                        new LoadCheck.Expected(connections, publications, subscribers, busiest.orElse(publications)),
                        read.carillon().postQuota())
                .look());
        found.forEach(DoctorCommand::print);
        return report(found);
    }

    private URI local() {
        return URI.create(deployment.url().toString().replaceFirst("^http", "ws") + "/connection/websocket");
    }

    private List<Finding> queues() {
        if (!deployment.hasQueues()) {
            return List.of(new Finding(
                    Finding.Grade.WARNING,
                    "queues",
                    "were not looked at",
                    "name the mailbox queue with --queue-url, and have AWS credentials"));
        }
        try {
            List<Finding> found = new ArrayList<>(QueuesCheck.look(deployment.depth()));
            deployment.pushDepth().map(QueuesCheck::lookAtPush).ifPresent(found::addAll);
            return found;
        } catch (RuntimeException e) {
            return List.of(new Finding(
                    Finding.Grade.PROBLEM,
                    "queues",
                    "cannot be asked: " + e.getMessage(),
                    "check --queue-url, the Region and the credentials (sqs:GetQueueAttributes, sqs:GetQueueUrl)"));
        }
    }

    private static void print(Finding finding) {
        String mark = switch (finding.grade()) {
            case OK -> "ok     ";
            case WARNING -> "warning";
            case PROBLEM -> "PROBLEM";
        };
        System.out.printf("%s  %-12s  %s%n", mark, finding.about(), finding.what());
        if (!finding.remedy().isEmpty()) {
            System.out.printf("%24s→ %s%n", "", finding.remedy());
        }
    }

    private static int report(List<Finding> found) {
        long problems = count(found, Finding.Grade.PROBLEM);
        long warnings = count(found, Finding.Grade.WARNING);
        System.out.printf(
                "%n%s%n",
                problems + warnings == 0 ? "All is well." : "Problems: " + problems + ", warnings: " + warnings + ".");
        return problems == 0 ? 0 : 1;
    }

    private static long count(List<Finding> found, Finding.Grade grade) {
        return found.stream().filter(finding -> finding.grade() == grade).count();
    }
}
