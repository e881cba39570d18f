package io.carillon.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.carillon.config.Config;
import io.carillon.events.Json;
import io.carillon.local.LocalRuntime;
import io.carillon.local.LocalSubscriptions;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.Storage;
import io.carillon.local.aws.LocalAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * What those who subscribe to events must get: a queue and a function what happens in {@code chat}, a webhook what happens
 * in {@code news}, a bus who has connected; and a queue of dead letters what a webhook refused.
 */
final class EventsScenario {

    private static final String CONFIG = """
            {
              "client": {"insecure": true, "allow_anonymous_connect_without_token": true},
              "http_api": {"key": "key"},
              "channel": {"namespaces": [
                {"name": "chat", "allow_subscribe_for_client": true,
                 "carillon": {"events": ["publication", "occupied"]}},
                {"name": "news", "allow_subscribe_for_client": true,
                 "carillon": {"events": ["publication", "occupied"]}}]},
              "carillon": {"events": ["connected"]}
            }""";

    /** Long enough for any machine on which a step can be done at all. */
    private static final Duration PATIENT = Duration.ofSeconds(60);

    /** Long enough to see that something never comes; a slow machine only makes it surer. */
    private static final Duration HASTY = Duration.ofSeconds(4);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final LocalAws aws;
    private final LocalRuntime runtime;
    private final String doomed;
    private final List<JsonNode> queued = new CopyOnWriteArrayList<>();
    private final List<JsonNode> invoked = new CopyOnWriteArrayList<>();
    private final List<JsonNode> posted = new CopyOnWriteArrayList<>();
    private final List<JsonNode> piped = new CopyOnWriteArrayList<>();
    private final List<JsonNode> buried = new CopyOnWriteArrayList<>();

    private EventsScenario(LocalAws aws, LocalRuntime runtime, String doomed) {
        this.aws = aws;
        this.runtime = runtime;
        this.doomed = doomed;
    }

    /** Starts a runtime and does everything; gives the name of the first step that does not succeed. */
    static Optional<String> failure(Description description, String doomed) {
        try (LocalAws aws = LocalAws.inMemory();
                LocalRuntime runtime = LocalRuntime.start(RuntimeSettings.of(Config.read(CONFIG))
                        .withStorage(new Storage.Shared(aws))
                        .withDescription(description))) {
            new EventsScenario(aws, runtime, doomed).run();
            return Optional.empty();
        } catch (StepFailed e) {
            return Optional.of(e.getMessage());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run() throws StepFailed, InterruptedException, IOException {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/takes", exchange -> {
            JsonNode message = Json.mapper().readTree(exchange.getRequestBody());
            boolean isJson =
                    "application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"));
            boolean asks = message.path("Type").asText().equals("SubscriptionConfirmation");
            exchange.sendResponseHeaders(isJson || asks ? 200 : 415, -1);
            exchange.close();
            confirmOr(message, () -> {
                if (isJson) {
                    posted.add(event(message));
                }
            });
        });
        receiver.createContext("/refuses", exchange -> {
            JsonNode message = Json.mapper().readTree(exchange.getRequestBody());
            boolean asks = message.path("Type").asText().equals("SubscriptionConfirmation");
            exchange.sendResponseHeaders(asks ? 200 : 400, -1);
            exchange.close();
            confirmOr(message, () -> {});
        });
        receiver.start();
        try {
            subscribe(receiver.getAddress().getPort());
            happen();
            look();
        } finally {
            receiver.stop(0);
        }
    }

    /** Fetches what confirms a subscription. */
    private static void confirmOr(JsonNode message, Runnable otherwise) throws IOException {
        if (!message.path("Type").asText().equals("SubscriptionConfirmation")) {
            otherwise.run();
            return;
        }
        try {
            HTTP.send(
                    HttpRequest.newBuilder(
                                    URI.create(message.path("SubscribeURL").asText()))
                            .build(),
                    BodyHandlers.discarding());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void subscribe(int port) throws StepFailed, InterruptedException {
        LocalSubscriptions subscriptions = runtime.subscriptions().orElseThrow();
        if (!subscriptions.functions().contains("indexer")) {
            throw new StepFailed("subscribe function");
        }
        subscriptions.standIn(new Recorded("indexer", record -> invoked.add(event(record))));
        for (String url : List.of("https://ours.example/hooks", "https://theirs.example/hooks")) {
            if (!subscriptions.urls().contains(url)) {
                throw new StepFailed("subscribe webhook");
            }
            String path = url.contains("ours") ? "takes" : "refuses";
            subscriptions.standIn(url, URI.create("http://127.0.0.1:" + port + "/" + path));
        }
        await(
                "confirm",
                () -> aws
                                .sns()
                                .listSubscriptionsByTopic(request ->
                                        request.topicArn("arn:aws:sns:us-east-1:000000000000:carillon-telling-events"))
                                .subscriptions()
                                .stream()
                                .filter(one -> one.protocol().equals("http"))
                                .count()
                        == 2);
    }

    private void happen() throws StepFailed, InterruptedException, IOException {
        for (String channel : List.of("news:today", "chat:room")) {
            try (SteppingClient client = new SteppingClient(runtime.port(), doomed)) {
                client.ask("connect", "{\"id\":1,\"connect\":{}}");
                client.ask("subscribe", "{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + "\"}}");
                HTTP.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + runtime.port() + "/api/publish"))
                                .header("X-API-Key", "key")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"channel\":\"" + channel + "\",\"data\":{}}"))
                                .build(),
                        BodyHandlers.ofString());
                client.await("receive", frame -> frame.at("/push/pub").isObject());
            }
        }
    }

    private void look() throws StepFailed, InterruptedException {
        String deadLetters = named("theirs-example", "-dlq");
        String bus = named("Bus-", "");
        await("queue", () -> has(take("orders", queued), is("publication", "chat")));
        await("function", () -> has(invoked, is("publication", "chat")));
        await("webhook", () -> has(posted, is("publication", "news")));
        await("bus", () -> has(take(bus, piped), is("connected", "")));
        await("dead letters", () -> has(take(deadLetters, buried), is("occupied", "chat")));
        never(
                "queue of others",
                () -> has(take("orders", queued), is("", "chat").negate()));
        never("function of others", () -> has(invoked, is("publication", "chat").negate()));
        never("webhook of others", () -> has(posted, is("", "news").negate()));
        never("bus of others", () -> has(take(bus, piped), is("connected", "").negate()));
    }

    private String named(String target, String ending) {
        return aws.sqs().listQueues(request -> request.queueNamePrefix("carillon-telling-events-")).queueUrls().stream()
                .map(url -> url.substring(url.lastIndexOf('/') + 1))
                .filter(name -> name.matches("carillon-telling-events-" + target + ".*" + ending))
                .filter(name -> name.endsWith("-dlq") == !ending.isEmpty())
                .findFirst()
                .orElse("none");
    }

    private static boolean has(List<JsonNode> events, Predicate<JsonNode> wanted) {
        return events.stream().anyMatch(wanted);
    }

    private static Predicate<JsonNode> is(String type, String namespace) {
        return event -> (type.isEmpty() || event.path("type").asText().equals("io.carillon." + type + ".v1"))
                && event.at("/data/namespace").asText().equals(namespace);
    }

    /** Takes everything out of a queue, and adds it to what came before. */
    private List<JsonNode> take(String queue, List<JsonNode> taken) {
        try {
            String url =
                    aws.sqs().getQueueUrl(request -> request.queueName(queue)).queueUrl();
            for (Message message : aws.sqs()
                    .receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(10))
                    .messages()) {
                JsonNode body = Json.read(message.body(), JsonNode.class);
                // Only the webhook's messages, and so its dead letters, come in the envelope.
                taken.add(queue.endsWith("-dlq") ? event(body) : body);
                aws.sqs().deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));
            }
        } catch (QueueDoesNotExistException e) {
            return List.of();
        }
        return taken;
    }

    private static JsonNode event(JsonNode envelope) {
        return Json.read(envelope.path("Message").asText("{}"), JsonNode.class);
    }

    private interface Condition {
        boolean holds();
    }

    private void await(String step, Condition condition) throws StepFailed, InterruptedException {
        if (!comes(condition, step.equals(doomed) ? HASTY : PATIENT)) {
            throw new StepFailed(step);
        }
    }

    /** What must never come has not come yet; where it is expected, it gets the time that it needs. */
    private void never(String step, Condition condition) throws StepFailed, InterruptedException {
        if (comes(condition, step.equals(doomed) ? PATIENT : Duration.ZERO)) {
            throw new StepFailed(step);
        }
    }

    private static boolean comes(Condition condition, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() >= end) {
                return false;
            }
            Thread.sleep(20);
        }
        return true;
    }
}
