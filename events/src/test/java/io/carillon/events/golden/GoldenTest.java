package io.carillon.events.golden;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.events.ApiReply;
import io.carillon.events.ApiRequest;
import io.carillon.events.ApiResult;
import io.carillon.events.CloudEvent;
import io.carillon.events.Command;
import io.carillon.events.CommandReader;
import io.carillon.events.Disconnect;
import io.carillon.events.EventData;
import io.carillon.events.FrameWriter;
import io.carillon.events.Json;
import io.carillon.events.Mail;
import io.carillon.events.ProtocolError;
import io.carillon.events.Push;
import io.carillon.events.Request;
import io.carillon.events.Result;
import io.carillon.events.Unsubscribe;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message, as its bytes. Incoming ones are a line as a client writes it, and below it what is read from it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GoldenTest {

    private static final String CHANNEL = "chat:room1";

    static Set<String> requests() {
        return Golden.files("request");
    }

    static Set<String> apiRequests() {
        return Golden.files("api-request");
    }

    static Set<String> results() {
        return Examples.results().keySet();
    }

    static Set<String> pushes() {
        return Examples.pushes().keySet();
    }

    static Set<String> mails() {
        return Examples.mails().keySet();
    }

    static Set<String> apiReplies() {
        return ApiExamples.replies().keySet();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void shouldReadWhatAClientSends(String name) {
        // Given
        String file = "request/" + name + ".jsonl";
        String frame = Golden.lines(file).getFirst();

        // When
        Command command = command(name);

        // Then
        Golden.check(file, frame, "{\"id\":" + command.id() + "," + meaning(command.request()) + "}");
    }

    @ParameterizedTest
    @MethodSource("apiRequests")
    void shouldReadWhatABackendAsks(String name) {
        // Given
        String file = "api-request/" + name + ".jsonl";
        String body = Golden.lines(file).getFirst();

        // When
        ApiRequest request = apiRequest(name);

        // Then
        Golden.check(file, body, "{" + meaning(request) + "}");
    }

    @ParameterizedTest
    @MethodSource("results")
    void shouldAnswerAClient(String name) {
        Golden.check(
                "result/" + name + ".json",
                FrameWriter.reply(7, Examples.results().get(name)));
    }

    @ParameterizedTest
    @MethodSource("pushes")
    void shouldPushToAClient(String name) {
        // Given
        Push push = Examples.pushes().get(name);
        boolean ofConnection = push instanceof Push.Message || push instanceof Push.Disconnected;

        // Then
        Golden.check("push/" + name + ".json", FrameWriter.push(ofConnection ? "" : CHANNEL, push));
    }

    @ParameterizedTest
    @MethodSource("mails")
    void shouldWriteAndReadMail(String name) {
        // Given
        Mail mail = Examples.mails().get(name);

        // When
        String text = Json.write(mail);

        // Then
        Golden.check("mail/" + name + ".json", text);
        assertThat(Json.read(text, Mail.class)).isEqualTo(mail);
    }

    @ParameterizedTest
    @MethodSource("events")
    void shouldTellOtherSystems(String name) {
        Golden.check("event/" + name + ".json", Json.write(Examples.events().get(name)));
    }

    static Set<String> events() {
        return Examples.events().keySet();
    }

    @ParameterizedTest
    @MethodSource("apiReplies")
    void shouldAnswerABackend(String name) {
        Golden.check(
                "api-reply/" + name + ".json", ApiExamples.replies().get(name).write());
    }

    @Test
    void shouldRefuseWithEveryError() {
        Golden.check(
                "errors.jsonl",
                constants(ProtocolError.class)
                        .map(error -> FrameWriter.error(7, error))
                        .toArray(String[]::new));
    }

    @Test
    void shouldDisconnectWithEveryCode() {
        Golden.check(
                "disconnects.jsonl",
                constants(Disconnect.class).map(FrameWriter::disconnect).toArray(String[]::new));
    }

    @Test
    void shouldUnsubscribeWithEveryCode() {
        Golden.check(
                "unsubscribes.jsonl",
                constants(Unsubscribe.class)
                        .map(code -> FrameWriter.push(CHANNEL, new Push.Unsubscribed(code.code(), code.reason())))
                        .toArray(String[]::new));
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void shouldHaveAGoldenFileOfEveryMessage() {
        Golden.checkComplete(
                "request",
                Request.class,
                requests().stream().map(name -> command(name).request()),
                requests());
        Golden.checkComplete(
                "api-request", ApiRequest.class, apiRequests().stream().map(GoldenTest::apiRequest), apiRequests());
        Golden.checkComplete("result", Result.class, Examples.results().values().stream(), results());
        Golden.checkComplete("push", Push.class, Examples.pushes().values().stream(), pushes());
        Golden.checkComplete("mail", Mail.class, Examples.mails().values().stream(), mails());
        Golden.checkComplete(
                "event", EventData.class, Examples.events().values().stream().map(CloudEvent::data), events());
        Golden.checkComplete("api-reply", ApiReply.class, ApiExamples.replies().values().stream(), apiReplies());
        Golden.checkComplete("api-reply", ApiResult.class, ApiExamples.results().values().stream(), apiReplies());
    }

    private static Command command(String name) {
        List<Command> commands =
                CommandReader.read(Golden.lines("request/" + name + ".jsonl").getFirst());
        assertThat(commands).hasSize(1);
        return commands.getFirst();
    }

    /** Reads a file whose name begins with its method. */
    private static ApiRequest apiRequest(String name) {
        String body = Golden.lines("api-request/" + name + ".jsonl").getFirst();
        return ApiRequest.read(name.split("-", 2)[0], body);
    }

    private static String meaning(Object read) {
        if (read instanceof ApiRequest.Batch(List<ApiRequest> commands, boolean parallel)) {
            return commands.stream()
                    .map(command -> "{" + meaning(command) + "}")
                    .collect(joining(",", "\"Batch\":{\"commands\":[", "],\"parallel\":" + parallel + "}"));
        }
        return "\"" + read.getClass().getSimpleName() + "\":" + Json.write(read);
    }

    private static <T> Stream<T> constants(Class<T> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == type)
                .map(field -> {
                    try {
                        return type.cast(field.get(null));
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                });
    }
}
