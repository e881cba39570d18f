package io.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.config.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code event_subscriptions} of a stage's file. */
class EventKeysTest {

    @TempDir
    private Path folder;

    private CarillonProps stage(String subscriptions) throws IOException {
        Files.createDirectories(folder.resolve("stages"));
        Files.writeString(folder.resolve("carillon.yaml"), """
                channel: {namespaces: [{name: chat, carillon: {events: [publication, occupied]}}]}
                """);
        Files.writeString(
                folder.resolve("stages").resolve("test.yaml"), "event_subscriptions:\n" + subscriptions + "\n");
        return CarillonApp.props(folder, "test", Optional.empty(), Path.of("code.zip"));
    }

    @Test
    void shouldReadEachKindOfTarget() throws IOException {
        // When
        CarillonProps props = stage("""
                  - {url: "https://example.com/hooks", types: [publication], namespaces: [chat]}
                  - {queue: "arn:aws:sqs:eu-west-1:123456789012:orders", raw: false}
                  - {function: "arn:aws:lambda:eu-west-1:123456789012:function:indexer"}
                  - {event_bus: "arn:aws:events:eu-west-1:123456789012:event-bus/default"}
                """);

        // Then
        assertThat(props.eventSubscriptions())
                .containsExactly(
                        new EventSubscription(
                                new EventTarget.Url("https://example.com/hooks"),
                                EventOptions.ALL.types(EventKind.PUBLICATION).namespaces("chat")),
                        new EventSubscription(
                                new EventTarget.Queue("arn:aws:sqs:eu-west-1:123456789012:orders"),
                                EventOptions.ALL.raw(false)),
                        new EventSubscription(
                                new EventTarget.Function("arn:aws:lambda:eu-west-1:123456789012:function:indexer"),
                                EventOptions.ALL),
                        new EventSubscription(
                                new EventTarget.EventBus("arn:aws:events:eu-west-1:123456789012:event-bus/default"),
                                EventOptions.ALL));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {types: [publication]}                                      | must have one of url, queue, function and event_bus; it has none
            {url: "https://a.example", queue: "arn"}                    | it has url and queue
            {url: "http://a.example/hooks"}                             | event_subscriptions[0].url must be an address that begins with https://
            {url: "https:///hooks"}                                     | event_subscriptions[0].url must be an address
            {queue: "arn:aws:sqs:eu-west-1:123456789012:orders.fifo"}   | event_subscriptions[0].queue must be the ARN of a standard SQS queue
            {function: indexer}                                         | event_subscriptions[0].function must be the ARN of a Lambda function
            {event_bus: default}                                        | event_subscriptions[0].event_bus must be the ARN of an EventBridge bus
            {url: "https://a.example", types: [created]}                | event_subscriptions[0].types must be of publication, join, leave, occupied, vacated, connected, disconnected, device_failed; it was created
            {url: "https://a.example", types: [join]}                   | event_subscriptions[0].types: nobody tells of join; what the configuration asks for is publication, occupied
            {url: "https://a.example", namespaces: [news]}              | event_subscriptions[0].namespaces: news is no namespace of the configuration, which has [chat]
            {url: "https://a.example", channels: [chat]}                | channels
            """)
    void shouldNameTheKeyAndWhatItMayBe(String subscription, String message) {
        assertThatThrownBy(() -> stage("  - " + subscription))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldRefuseATargetThatIsSubscribedTwice() {
        assertThatThrownBy(() -> stage("""
                  - {url: "https://example.com/hooks", types: [publication]}
                  - {url: "https://example.com/hooks", types: [occupied]}
                """)).hasMessageContaining("event_subscriptions[1].url is subscribed already");
    }

    @ParameterizedTest
    @CsvSource({
        "function,arn:aws:lambda:eu-west-1:123456789012:function:a",
        "event_bus,arn:aws:events:eu-west-1:123456789012:event-bus/a"
    })
    void shouldRefuseToSetRawWhereItMeansNothing(String key, String arn) throws IOException {
        // Given
        CarillonProps props = stage("  - {" + key + ": \"" + arn + "\", raw: true}");

        // Then
        assertThatThrownBy(() -> Synthesized.of(CarillonProps.builder("rawly", props.config(), Synthesized.functions())
                        .eventSubscriptions(props.eventSubscriptions())
                        .build()))
                .hasMessageContaining("event_subscriptions[0].raw is for queues and URLs");
    }

    @Test
    void shouldSayHowToAskForEventsWhenThereAreNone() {
        assertThatThrownBy(() -> CarillonProps.builder(
                                "plain", DeployedConfig.of(Synthesized.json("{}")), Synthesized.functions())
                        .eventSubscriptions(List.of(new EventSubscription(
                                new EventTarget.Url("https://example.com/hooks"), EventOptions.ALL)))
                        .build())
                .hasMessageContaining("event_subscriptions[0] needs a configuration that asks for events");
    }
}
