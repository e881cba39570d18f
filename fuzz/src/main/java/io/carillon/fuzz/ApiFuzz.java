package io.carillon.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import io.carillon.testing.TestCarillon;
import java.util.List;
import java.util.Map;

/** Requests to the server API, from one who has the key: each gets an answer, and none of them says 500. */
public final class ApiFuzz {

    private static final int SERVER_ERROR = 500;
    private static final List<String> METHODS = List.of(
            "publish",
            "broadcast",
            "subscribe",
            "unsubscribe",
            "disconnect",
            "refresh",
            "presence",
            "presence_stats",
            "history",
            "history_remove",
            "channels",
            "info",
            "batch");

    private static final Worlds<TestCarillon> WORLDS = new Worlds<>(world -> {
        world.connectAnonymously().sends("{\"id\":2,\"subscribe\":{\"channel\":\"c\"}}");
        return world;
    });

    private ApiFuzz() {}

    /** Sends a body to a known method, and now and then to a path of the fuzzer's own. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        String path = data.consumeInt(0, 15) == 0
                ? data.consumeString(50)
                : "/api/" + METHODS.get(data.consumeInt(0, METHODS.size() - 1));
        Map<String, String> headers = Map.of("x-api-key", TestCarillon.KEY);
        int status = WORLDS.next()
                .http(path, headers, Map.of(), data.consumeRemainingAsString())
                .statusCode();
        if (status >= SERVER_ERROR) {
            throw new IllegalStateException("The server API answered " + status + " to " + path);
        }
    }
}
