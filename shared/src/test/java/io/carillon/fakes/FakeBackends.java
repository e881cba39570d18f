package io.carillon.fakes;

import io.carillon.config.ProxyConfig;
import io.carillon.proxy.Backend;
import io.carillon.proxy.BackendFailure;
import io.carillon.proxy.Backends;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Backends that answer as they are told, and remember what they were asked. Safe for use by several threads. */
public final class FakeBackends implements Backends {

    private final Map<String, UnaryOperator<String>> answers = new HashMap<>();
    private final List<Asked> asked = new ArrayList<>();

    /** One request. */
    public record Asked(String endpoint, String kind, String request, Map<String, String> headers) {}

    @Override
    public Backend at(ProxyConfig config) {
        return (kind, request, headers) -> answer(new Asked(config.endpoint(), kind, request, headers));
    }

    private synchronized String answer(Asked one) {
        asked.add(one);
        return answers.getOrDefault(one.endpoint(), request -> {
                    throw new BackendFailure("nobody is there");
                })
                .apply(one.request());
    }

    /** Lets the backend at an endpoint answer the same from now on. */
    public synchronized void answer(String endpoint, String json) {
        answers.put(endpoint, request -> json);
    }

    /** Lets the backend at an endpoint fail with an HTTP status from now on. */
    public synchronized void fail(String endpoint, int status) {
        answers.put(endpoint, request -> {
            throw BackendFailure.status(status);
        });
    }

    /** What was asked since the last call. */
    public synchronized List<Asked> asked() {
        List<Asked> all = List.copyOf(asked);
        asked.clear();
        return all;
    }
}
