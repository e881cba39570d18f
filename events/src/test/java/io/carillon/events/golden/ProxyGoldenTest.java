package io.carillon.events.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.events.Json;
import io.carillon.events.ProxyAnswer;
import io.carillon.events.ProxyRequest;
import io.carillon.events.ProxyResult;
import io.carillon.events.RawJson;
import io.carillon.events.Request;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What backends are asked, as its bytes, and what they may answer: a line as a backend writes it, and below it what is
 * read from it.
 */
class ProxyGoldenTest {

    private static final String CLIENT = "2f6a-client";
    private static final String CHANNEL = "chat:room1";
    private static final RawJson META = RawJson.of("{\"tenant\":7}");
    private static final RawJson DATA = RawJson.of("{\"n\": 1.0,\"text\":\"é\"}");

    private static final Map<String, Class<?>> RESULTS = Map.of(
            "connect", ProxyResult.Connect.class,
            "refresh", ProxyResult.Refresh.class,
            "subscribe", ProxyResult.Subscription.class,
            "publish", ProxyResult.Publish.class,
            "sub_refresh", ProxyResult.Refresh.class,
            "rpc", ProxyResult.Rpc.class);

    static Set<String> requests() {
        return examples().keySet();
    }

    static Set<String> answers() {
        return Golden.files("proxy-answer");
    }

    private static Map<String, ProxyRequest> examples() {
        Map<String, ProxyRequest> all = new LinkedHashMap<>();
        Request.Connect connect = Json.read(
                "{\"data\":{\"n\": 1.0,\"text\":\"é\"},\"name\":\"js\",\"version\":\"5.8.0\",\"subs\":{\"news:a\":{}}}",
                Request.Connect.class);
        all.put("connect", ProxyRequest.Connect.of(CLIENT, connect));
        all.put("connect-bare", ProxyRequest.Connect.of(CLIENT, Json.read("{}", Request.Connect.class)));
        all.put("refresh", ProxyRequest.Refresh.of(CLIENT, "alice", META));
        all.put("subscribe", ProxyRequest.Subscribe.of(CLIENT, "alice", CHANNEL, META, DATA));
        all.put("subscribe-anonymous", ProxyRequest.Subscribe.of(CLIENT, "", CHANNEL, RawJson.NONE, RawJson.NONE));
        all.put("publish", ProxyRequest.Publish.of(CLIENT, "alice", CHANNEL, DATA, META));
        all.put("sub_refresh", ProxyRequest.SubRefresh.of(CLIENT, "alice", CHANNEL, META));
        all.put("rpc", ProxyRequest.Rpc.of(CLIENT, "alice", "greet", DATA, META));
        return all;
    }

    @ParameterizedTest
    @MethodSource("requests")
    void shouldAskABackend(String name) {
        Golden.check("proxy-request/" + name + ".json", Json.write(examples().get(name)));
    }

    @Test
    void shouldShowEachRequest() {
        Golden.checkComplete("proxy-request", ProxyRequest.class, examples().values().stream(), requests());
    }

    @ParameterizedTest
    @MethodSource("answers")
    void shouldReadWhatABackendAnswers(String name) {
        String file = "proxy-answer/" + name + ".jsonl";
        String answer = Golden.lines(file).getFirst();
        Golden.check(file, answer, read(name, answer));
    }

    @Test
    void shouldShowAnAnswerToEachRequest() {
        assertThat(answers()).containsAll(RESULTS.keySet()).contains("error", "disconnect", "empty");
    }

    private static String read(String name, String answer) {
        return switch (ProxyAnswer.read(answer)) {
            case ProxyAnswer.Ends(var disconnect) -> "ends " + Json.write(disconnect);
            case ProxyAnswer.Refuses(var error) -> "refuses " + Json.write(error);
            case ProxyAnswer.Grants grants ->
                "grants "
                        + grants.result(RESULTS.getOrDefault(name.replaceFirst("-.*", ""), Object.class))
                                .map(Json::write)
                                .orElse("");
        };
    }
}
