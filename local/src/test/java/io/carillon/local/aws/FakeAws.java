package io.carillon.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.carillon.events.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Answers what is asked of a deployed stage, as CloudFormation, Secrets Manager, Lambda and SQS do. */
public final class FakeAws implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> stacks = new ConcurrentHashMap<>();
    private final Map<String, String> configs = new ConcurrentHashMap<>();
    private final Map<String, String> variables = new ConcurrentHashMap<>();
    private final Map<String, String> platforms = new ConcurrentHashMap<>();
    private final Map<String, Integer> depths = new ConcurrentHashMap<>();

    public FakeAws() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Deploys a stage: its stack's outputs, and the configuration of its functions. */
    public void deploy(String stage, Map<String, String> outputs, String config) {
        stacks.put("carillon-" + stage, Map.copyOf(outputs));
        configs.put("carillon-" + stage + "-message", config);
    }

    /** Gives a stage's push function the ARN of a platform application, of which SNS says this. */
    public void platform(String stage, String variable, String arn, Map<String, String> attributes) {
        variables.put("carillon-" + stage + "-push", Json.write(Map.of(variable, arn)));
        platforms.put(
                arn,
                attributes.entrySet().stream()
                        .map(entry -> "<entry><key>" + entry.getKey() + "</key><value>" + entry.getValue()
                                + "</value></entry>")
                        .collect(Collectors.joining()));
    }

    /** Deletes all platform applications, of which functions know nothing. */
    public void forgetPlatforms() {
        platforms.clear();
    }

    public void secret(String name, String text) {
        secrets.put(name, text);
    }

    /** Makes a queue, with a dead-letter queue beside it. */
    public String queue(String name, int waiting, int dead) {
        depths.put(name, waiting);
        depths.put("dead-" + name, dead);
        return endpoint() + "/000000000000/" + name;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String path = exchange.getRequestURI().getPath();
        if (path.endsWith("/account-settings")) {
            send(exchange, 200, "{\"AccountLimit\":{\"ConcurrentExecutions\":5}}");
        } else if (path.contains("/functions/")) {
            String function = path.split("/")[3];
            String own = variables.getOrDefault(
                    function, Json.write(Map.of("CARILLON_CONFIG", configs.getOrDefault(function, ""))));
            send(exchange, 200, "{\"Environment\":{\"Variables\":" + own + "}}");
        } else if (body.contains("Action=GetPlatformApplicationAttributes")) {
            platform(exchange, body);
        } else if (target == null) {
            describeStacks(exchange, body);
        } else if (target.startsWith("secretsmanager.")) {
            secret(exchange, body);
        } else {
            sqs(exchange, target, body);
        }
    }

    private void platform(HttpExchange exchange, String body) throws IOException {
        String arn = URLDecoder.decode(
                body.replaceFirst(".*PlatformApplicationArn=([^&]*).*", "$1"), StandardCharsets.UTF_8);
        if (platforms.containsKey(arn)) {
            send(
                    exchange,
                    200,
                    "<GetPlatformApplicationAttributesResponse><GetPlatformApplicationAttributesResult><Attributes>"
                            + platforms.get(arn)
                            + "</Attributes></GetPlatformApplicationAttributesResult></GetPlatformApplicationAttributesResponse>");
        } else {
            send(
                    exchange,
                    404,
                    "<ErrorResponse><Error><Code>NotFound</Code><Message>PlatformApplication does not exist"
                            + "</Message></Error></ErrorResponse>");
        }
    }

    private void describeStacks(HttpExchange exchange, String body) throws IOException {
        String name = URLDecoder.decode(body.replaceFirst(".*StackName=([^&]*).*", "$1"), StandardCharsets.UTF_8);
        if (!stacks.containsKey(name)) {
            send(
                    exchange,
                    400,
                    "<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack with id " + name
                            + " does not exist</Message></Error></ErrorResponse>");
            return;
        }
        String outputs = stacks.get(name).entrySet().stream()
                .map(output -> "<member><OutputKey>" + output.getKey() + "</OutputKey><OutputValue>" + output.getValue()
                        + "</OutputValue></member>")
                .collect(Collectors.joining());
        send(
                exchange,
                200,
                "<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>" + name
                        + "</StackName><Outputs>" + outputs
                        + "</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>");
    }

    private void secret(HttpExchange exchange, String body) throws IOException {
        String id = Json.read(body, JsonNode.class).path("SecretId").asText();
        if (secrets.containsKey(id)) {
            send(exchange, 200, "{\"SecretString\":" + Json.write(secrets.get(id)) + "}");
        } else {
            send(exchange, 400, "{\"__type\":\"AccessDeniedException\",\"message\":\"not authorized\"}");
        }
    }

    private void sqs(HttpExchange exchange, String target, String body) throws IOException {
        var request = Json.read(body, JsonNode.class);
        String url = request.path("QueueUrl").asText();
        String name = request.path("QueueName").asText(url.substring(url.lastIndexOf('/') + 1));
        if (!depths.containsKey(name)) {
            send(
                    exchange,
                    400,
                    "{\"__type\":\"com.amazonaws.sqs#QueueDoesNotExist\",\"message\":\"no queue " + name + "\"}");
        } else if (target.endsWith("GetQueueUrl")) {
            send(exchange, 200, "{\"QueueUrl\":\"" + endpoint() + "/000000000000/" + name + "\"}");
        } else if (body.contains("RedrivePolicy")) {
            String policy = "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:dead-" + name + "\"}";
            send(exchange, 200, "{\"Attributes\":{\"RedrivePolicy\":" + Json.write(policy) + "}}");
        } else {
            send(exchange, 200, "{\"Attributes\":{\"ApproximateNumberOfMessages\":\"" + depths.get(name) + "\"}}");
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
