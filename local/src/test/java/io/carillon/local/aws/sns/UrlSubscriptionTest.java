package io.carillon.local.aws.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.carillon.events.Json;
import io.carillon.events.aws.Sample;
import io.carillon.local.Await;
import io.carillon.local.aws.LocalAws;
import io.carillon.local.aws.Queues;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;

/** What a URL that subscribes to the local SNS gets. */
class UrlSubscriptionTest {

    private static LocalAws aws;
    private static SnsClient sns;

    private final List<Posted> posted = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private HttpServer receiver;
    private String url;
    private String topic;

    /** A message as it came. */
    private record Posted(String path, String type, String raw, String body) {

        JsonNode json() {
            return Json.read(body, JsonNode.class);
        }
    }

    @BeforeAll
    static void start() {
        aws = LocalAws.inMemory();
        sns = aws.sns();
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::take);
        receiver.start();
        url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hooks";
        topic = sns.createTopic(request -> request.name("events-" + UUID.randomUUID()))
                .topicArn();
    }

    @AfterEach
    void close() {
        receiver.stop(0);
    }

    @Test
    void shouldSignWhatTheCertificateVerifies() throws IOException, GeneralSecurityException {
        // Given
        confirmed(Map.of());

        // When
        sns.publish(request -> request.topicArn(topic).message("héllo"));

        // Then
        var message = notification().json();
        assertThat(message.path("Message").asText()).isEqualTo("héllo");
        var text = "Message\nhéllo\nMessageId\n" + message.path("MessageId").asText() + "\nTimestamp\n"
                + message.path("Timestamp").asText() + "\nTopicArn\n" + topic + "\nType\nNotification\n";
        var signature = Signature.getInstance("SHA256withRSA");
        try (InputStream pem =
                URI.create(message.path("SigningCertURL").asText()).toURL().openStream()) {
            signature.initVerify(CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        signature.update(text.getBytes(StandardCharsets.UTF_8));
        assertThat(signature.verify(
                        Base64.getDecoder().decode(message.path("Signature").asText())))
                .isTrue();
    }

    @Test
    void shouldShapeTheNotificationAsAwsDoes() {
        // Given
        confirmed(Map.of());
        var attribute = MessageAttributeValue.builder()
                .dataType("String")
                .stringValue("publication")
                .build();

        // When
        sns.publish(request -> request.topicArn(topic).message("{}").messageAttributes(Map.of("type", attribute)));

        // Then
        var sample = Json.read(Sample.SNS_NOTIFICATION.text(), JsonNode.class);
        var names = sample.propertyStream().map(Map.Entry::getKey).toList();
        assertThat(notification().json().propertyStream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(names);
        assertThat(notification().json().at("/MessageAttributes/type")).isEqualTo(sample.at("/MessageAttributes/type"));
    }

    @Test
    void shouldPostTheMessageItselfWhenDeliveryIsRaw() {
        // Given
        confirmed(Map.of("RawMessageDelivery", "true"));

        // When
        sns.publish(request -> request.topicArn(topic).message("plain"));

        // Then
        assertThat(notification().body()).isEqualTo("plain");
        assertThat(notification().raw()).isEqualTo("true");
    }

    @Test
    void shouldPostNothingBeforeTheUrlHasConfirmed() {
        // Given: an address that was asked, and another that has confirmed.
        sns.subscribe(request -> request.topicArn(topic).protocol("http").endpoint(url + "/silent"));
        Await.until(() -> posted.size() == 1);

        // When
        sns.publish(request -> request.topicArn(topic).message("too early"));
        confirmed(Map.of());
        sns.publish(request -> request.topicArn(topic).message("in time"));

        // Then
        assertThat(notification().json().path("Message").asText()).isEqualTo("in time");
        assertThat(sns.listSubscriptionsByTopic(request -> request.topicArn(topic))
                        .subscriptions())
                .singleElement()
                .satisfies(one -> assertThat(one.endpoint()).isEqualTo(url));
    }

    @Test
    void shouldPutWhatIsRefusedFourTimesIntoTheDeadLetterQueue() {
        // Given
        var queue = new Queues(aws.sqs()).standard(UUID.randomUUID().toString(), Duration.ofSeconds(30), 3);
        confirmed(Map.of("RedrivePolicy", "{\"deadLetterTargetArn\":\"" + queue.arn() + "\"}"));
        status = 503;

        // When
        sns.publish(request -> request.topicArn(topic).message("unwanted"));

        // Then
        var dead = new ArrayList<Message>();
        Await.until(() -> {
            dead.addAll(aws.sqs()
                    .receiveMessage(request -> request.queueUrl(queue.url()).messageAttributeNames("All"))
                    .messages());
            return !dead.isEmpty();
        });
        assertThat(notifications()).hasSize(4);
        assertThat(dead.getFirst().body()).isEqualTo(notification().body());
        assertThat(dead.getFirst().messageAttributes().get("ErrorMessage").stringValue())
                .contains("503");
    }

    @Test
    void shouldRefuseWhatSnsRefuses() {
        for (var endpoint : List.of("https://example.com/", "http:///path", "no address")) {
            assertThatThrownBy(() -> sns.subscribe(
                            request -> request.topicArn(topic).protocol("http").endpoint(endpoint)))
                    .as(endpoint)
                    .isInstanceOf(InvalidParameterException.class);
        }
        assertThatThrownBy(() -> sns.confirmSubscription(
                        request -> request.topicArn(topic).token("made-up")))
                .isInstanceOf(InvalidParameterException.class);
    }

    private void confirmed(Map<String, String> attributes) {
        sns.subscribe(request ->
                request.topicArn(topic).protocol("http").endpoint(url).attributes(attributes));
        var asked = new ArrayList<Posted>();
        Await.until(() -> {
            asked.addAll(posted.stream()
                    .filter(one -> one.path().equals("/hooks") && one.type().equals("SubscriptionConfirmation"))
                    .toList());
            return !asked.isEmpty();
        });
        var token = asked.getLast().json().path("Token").asText();
        sns.confirmSubscription(request -> request.topicArn(topic).token(token));
    }

    private Posted notification() {
        Await.until(() -> !notifications().isEmpty());
        return notifications().getFirst();
    }

    private List<Posted> notifications() {
        return posted.stream().filter(one -> one.type().equals("Notification")).toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            var raw = headers.getFirst("x-amz-sns-rawdelivery");
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            posted.add(new Posted(
                    exchange.getRequestURI().getPath(),
                    headers.getFirst("x-amz-sns-message-type"),
                    raw == null ? "" : raw,
                    body));
            exchange.sendResponseHeaders(status, -1);
        }
    }
}
