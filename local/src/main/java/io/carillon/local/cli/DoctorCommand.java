package io.carillon.local.cli;

import io.carillon.local.aws.DeployedStage;
import io.carillon.local.doctor.ConfigCheck;
import io.carillon.local.doctor.Finding;
import io.carillon.local.doctor.KnownConfig;
import io.carillon.local.doctor.PlatformsCheck;
import io.carillon.local.doctor.QueuesCheck;
import io.carillon.local.doctor.ServerCheck;
import java.net.URI;
import java.net.http.HttpClient;
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
            description = "The WebSocket API's address with its stage, or the custom domain's, such as"
                    + " wss://abc.execute-api.eu-west-1.amazonaws.com/prod (default: that of --stage, else the one of"
                    + " ./carillon dev at --url).")
    private Optional<URI> webSocket = Optional.empty();

    @Option(
            names = "--token",
            description =
                    "A user's connection token, where there is no secret to make one with: with a key set, a public key"
                            + " or Cognito.")
    private Optional<String> token = Optional.empty();

    @Option(
            names = "--channel",
            description = "Where to publish what only this command gets (default: carillon-doctor, in a namespace with"
                    + " history if there is one).")
    private Optional<String> channel = Optional.empty();

    @Mixin
    private KnownSecrets secrets = new KnownSecrets();

    @Mixin
    private ExpectedLoad load = new ExpectedLoad();

    @Override
    public Integer call() throws InterruptedException {
        load.check();
        Optional<DeployedStage> stage = deployment.stage();
        URI socket = webSocket
                .or(() -> stage.map(DeployedStage::webSocket))
                .or(() -> deployment.isHere() ? Optional.of(local()) : Optional.empty())
                .orElseThrow(() -> new Misconfigured("name the stage with --stage, or the WebSocket API's address with"
                        + " --ws-url, which is the output WebSocketUrl: " + deployment.outputsCommand()));
        KnownSecrets.Read read = secrets.read(stage, deployment.isHere());
        KnownConfig known = read.config();
        List<Finding> found = new ArrayList<>(new ConfigCheck(known, deployment.isHere()).look());
        found.addAll(read.found());
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build()) {
            found.addAll(new ServerCheck(
                            http,
                            known,
                            new ServerCheck.Target(deployment.url(), socket, channel),
                            token,
                            InstantSource.system())
                    .look());
        }
        found.addAll(queues());
        stage.ifPresent(there -> found.addAll(
                PlatformsCheck.look(there::platforms, InstantSource.system().instant())));
        found.addAll(load.against(known.config().carillon(), concurrency(stage)).look());
        found.forEach(DoctorCommand::print);
        return report(found);
    }

    private Optional<Integer> concurrency(Optional<DeployedStage> stage) {
        return load.namesConcurrency() ? Optional.empty() : stage.flatMap(DeployedStage::concurrency);
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
                    "name the stage with --stage, or the mailbox queue with --queue-url, which is the output MailboxQueue"
                            + " (" + deployment.outputsCommand() + "); and have AWS credentials"));
        }
        try {
            List<Finding> found = new ArrayList<>(QueuesCheck.look(AwsTrouble.told(deployment::depth)));
            deployment.pushDepth().map(QueuesCheck::lookAtPush).ifPresent(found::addAll);
            return found;
        } catch (RuntimeException e) {
            return List.of(
                    new Finding(
                            Finding.Grade.PROBLEM,
                            "queues",
                            "cannot be asked: " + e.getMessage(),
                            "check --stage or --queue-url, the Region and the credentials (sqs:GetQueueAttributes, sqs:GetQueueUrl)"));
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
