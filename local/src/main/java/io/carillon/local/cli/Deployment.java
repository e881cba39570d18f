package io.carillon.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
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

/** Says which Carillon a command is about: the one on this machine, or one in AWS. */
final class Deployment {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

    @Option(
            names = "--url",
            defaultValue = "http://localhost:8000",
            description = "The HTTP API's address, with its stage if it has one (default: ${DEFAULT-VALUE},"
                    + " which ./carillon dev listens on).")
    private URI url;

    @Option(
            names = "--queue-url",
            paramLabel = "URL",
            description = "The mailbox queue of a deployment, called with your AWS credentials and Region"
                    + " (default: ./carillon dev at --url is asked).")
    private Optional<String> queueUrl = Optional.empty();

    @Option(
            names = "--aws-endpoint",
            paramLabel = "URL",
            description = "Where SQS is called, such as http://localhost:4566 (default: AWS).")
    private Optional<URI> endpoint = Optional.empty();

    URI url() {
        if (url.getHost() == null || url.getScheme() == null) {
            throw new Misconfigured("--url must be an address such as http://localhost:8000, not " + url);
        }
        String text = url.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : url;
    }

    boolean isHere() {
        return HERE.contains(url().getHost());
    }

    /** Whether there is a way to the queues. */
    boolean hasQueues() {
        return queueUrl.isPresent() || isHere();
    }

    /** Counts what is in the queues. */
    FailedMails.Depth depth() {
        if (queueUrl.isPresent()) {
            try (SqsClient sqs = sqs()) {
                return FailedMails.behind(sqs, queueUrl.get()).depth();
            }
        }
        JsonNode depth = call(request("/dev/queues").GET().build());
        return new FailedMails.Depth(
                depth.path("mailbox").asLong(), depth.path("dead").asLong());
    }

    /** Counts what is in the queues of mobile push; empty if the deployment has none. */
    Optional<FailedMails.Depth> pushDepth() {
        if (queueUrl.isPresent()) {
            try (SqsClient sqs = sqs()) {
                return FailedMails.ofPush(sqs, queueUrl.get()).map(FailedMails::depth);
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
        if (queueUrl.isPresent()) {
            try (SqsClient sqs = sqs()) {
                return push
                        ? FailedMails.ofPush(sqs, queueUrl.get())
                                .orElseThrow(() -> new Misconfigured("the deployment has no mobile push"))
                                .redrive()
                        : FailedMails.behind(sqs, queueUrl.get()).redrive();
            }
        }
        if (!isHere()) {
            throw new Misconfigured(
                    "name the mailbox queue with --queue-url: only ./carillon dev can be asked by --url");
        }
        HttpRequest request = request(push ? "/dev/redrive?queue=push" : "/dev/redrive")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        return call(request).path("moved").asInt();
    }

    private SqsClient sqs() {
        var builder = SqsClient.builder();
        endpoint.ifPresent(builder::endpointOverride);
        return builder.build();
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
