package io.carillon.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.local.aws.DeployedStage;
import io.carillon.local.aws.FailedMails;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/** Says which Carillon a command is about: the one on this machine, or one in AWS. */
final class Deployment {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String LOCAL = "http://localhost:8000";
    private static final URI LOCAL_URL = URI.create(LOCAL);
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

    @Option(
            names = "--stage",
            paramLabel = "NAME",
            description =
                    "What ./carillon deploy --stage NAME deployed. Its addresses, queues, secrets and configuration are"
                            + " found through the outputs of its stack, with your AWS credentials and Region.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The HTTP API's address, with its stage if it has one (default: that of --stage, else "
                    + LOCAL + ", which ./carillon dev listens on).")
    private Optional<URI> named = Optional.empty();

    @Option(
            names = "--queue-url",
            paramLabel = "URL",
            description = "The mailbox queue of a deployment, called with your AWS credentials, in the Region of its"
                    + " URL (default: that of --stage, else ./carillon dev at --url is asked).")
    private Optional<String> queueUrl = Optional.empty();

    @Option(
            names = "--aws-endpoint",
            paramLabel = "URL",
            description = "Where AWS is called, such as http://localhost:4566 (default: AWS).")
    private Optional<URI> endpoint = Optional.empty();

    private Optional<DeployedStage> found = Optional.empty();

    /** Finds the stage, once; empty if none is named. */
    Optional<DeployedStage> stage() {
        if (found.isEmpty()) {
            found = name.map(stage -> DeployedStage.find(stage, endpoint));
        }
        return found;
    }

    /** Gives the command that prints the stack's outputs, among which are all addresses. */
    String outputsCommand() {
        return DeployedStage.outputsCommand(name.orElse("STAGE"));
    }

    URI url() {
        URI url = named.or(() -> stage().map(DeployedStage::url)).orElse(LOCAL_URL);
        if (url.getHost() == null || url.getScheme() == null) {
            throw new Misconfigured("--url must be an address such as http://localhost:8000, not " + url);
        }
        String text = url.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : url;
    }

    boolean isHere() {
        return name.isEmpty() && HERE.contains(url().getHost());
    }

    /** Whether there is a way to the queues. */
    boolean hasQueues() {
        return queueUrl.isPresent() || name.isPresent() || isHere();
    }

    private Optional<String> queue() {
        return queueUrl.or(() -> stage().map(DeployedStage::mailboxQueue));
    }

    /** Counts what is in the queues. */
    FailedMails.Depth depth() {
        Optional<String> queue = queue();
        if (queue.isPresent()) {
            try (SqsClient sqs = sqs()) {
                return FailedMails.behind(sqs, queue.get()).depth();
            }
        }
        JsonNode depth = call(request("/dev/queues").GET().build());
        return new FailedMails.Depth(
                depth.path("mailbox").asLong(), depth.path("dead").asLong());
    }

    /** Counts what is in the queues of mobile push; empty if the deployment has none. */
    Optional<FailedMails.Depth> pushDepth() {
        Optional<String> queue = queue();
        if (queue.isPresent()) {
            try (SqsClient sqs = sqs()) {
                return FailedMails.ofPush(sqs, queue.get()).map(FailedMails::depth);
            }
        }
        JsonNode depth = call(request("/dev/queues").GET().build());
        return Optional.of(new FailedMails.Depth(
                depth.path("push").asLong(), depth.path("push_dead").asLong()));
    }

    /**
     * Sends the mails of the dead-letter queue back, and gives how many there were.
     *
     * @param push whether it is about the jobs of mobile push instead
     */
    int redrive(boolean push) {
        Optional<String> queue = queue();
        if (queue.isPresent()) {
            try (SqsClient sqs = sqs()) {
                return push
                        ? FailedMails.ofPush(sqs, queue.get())
                                .orElseThrow(() -> new Misconfigured("the deployment has no mobile push"))
                                .redrive()
                        : FailedMails.behind(sqs, queue.get()).redrive();
            }
        }
        if (!isHere()) {
            throw new Misconfigured(
                    "name the stage with --stage, or the mailbox queue with --queue-url, which is the output MailboxQueue ("
                            + outputsCommand() + "): only ./carillon dev can be asked by --url");
        }
        HttpRequest request = request(push ? "/dev/redrive?queue=push" : "/dev/redrive")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        return call(request).path("moved").asInt();
    }

    private SqsClient sqs() {
        SqsClientBuilder builder = SqsClient.builder();
        queueUrl.flatMap(QueueRegion::of).ifPresent(builder::region);
        return AwsTrouble.told(() -> DeployedStage.reach(builder, endpoint));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path)).timeout(TIMEOUT);
    }

    private JsonNode call(HttpRequest request) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        request.uri() + " answered " + answer.statusCode() + ": is that ./carillon dev?");
            }
            return Json.read(answer.body(), JsonNode.class);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "nothing answers at " + url() + ": start it with ./carillon dev, or name --url");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted");
        }
    }
}
