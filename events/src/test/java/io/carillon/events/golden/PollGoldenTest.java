package io.carillon.events.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.events.poll.PollAnswer;
import io.carillon.events.poll.PollOpened;
import io.carillon.events.poll.PollRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients without WebSocket say and hear, byte for byte: the package of npm in somebody's page relies on it. */
class PollGoldenTest {

    private static final String SESSION = "c2Vzc2lvbi1vZi1hbGljZS4u";
    private static final String PUSH = "{\"push\":{\"channel\":\"news\",\"pub\":{\"data\":1,\"offset\":8}}}";

    private static final Map<String, PollRequest> REQUESTS = new TreeMap<>(Map.of(
            "poll", new PollRequest(SESSION, 7, ""),
            "poll-first", new PollRequest(SESSION, 0, ""),
            "send", new PollRequest(SESSION, 7, "{\"id\":1,\"connect\":{}}\n{\"id\":2,\"ping\":{}}"),
            "close", new PollRequest(SESSION, 7, "")));

    private static final Map<String, PollAnswer> ANSWERS = new TreeMap<>(Map.of(
            "nothing", new PollAnswer("", 0, List.of(), false),
            "messages", new PollAnswer("", 8, List.of(PUSH, "{}"), false),
            "reply", new PollAnswer("{\"id\":2,\"ping\":{}}", 0, List.of(), false),
            "reply-and-messages", new PollAnswer("{\"id\":2,\"ping\":{}}", 8, List.of(PUSH), false),
            "closed",
                    new PollAnswer(
                            "",
                            8,
                            List.of("{\"push\":{\"disconnect\":{\"code\":3503,\"reason\":\"force disconnect\"}}}"),
                            true)));

    @Test
    void shouldAnswerOpen() {
        Golden.check("poll/open.json", new PollOpened(SESSION, 500, 5_000).write());
    }

    @ParameterizedTest
    @ValueSource(strings = {"poll", "poll-first", "send", "close"})
    void shouldReadWhatAClientAsks(String name) {
        // Given a body as the package writes it
        String body = Golden.lines("poll-request/" + name + ".json").getFirst();

        // Then
        assertThat(PollRequest.read(body)).isEqualTo(REQUESTS.get(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "messages", "reply", "reply-and-messages", "closed"})
    void shouldAnswerPollAndSend(String name) {
        Golden.check("poll/" + name + ".json", ANSWERS.get(name).write());
    }

    @Test
    void shouldHaveAnExampleOfEachFile() {
        assertThat(Golden.files("poll-request")).isEqualTo(REQUESTS.keySet());
        assertThat(Golden.files("poll")).containsAll(ANSWERS.keySet()).hasSize(ANSWERS.size() + 1);
    }
}
