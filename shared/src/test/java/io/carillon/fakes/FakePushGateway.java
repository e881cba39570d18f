package io.carillon.fakes;

import io.carillon.push.Provider;
import io.carillon.push.PushGateway;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps endpoints and what was sent to them, and answers as a test says. Safe for use by several threads. */
public final class FakePushGateway implements PushGateway {

    /** What was sent. */
    public record Sent(String endpoint, Message message) {}

    private final Map<String, String> endpoints = new ConcurrentHashMap<>();
    private final List<Sent> sent = new ArrayList<>();
    private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
    private int made;

    @Override
    public boolean serves(Provider provider) {
        return provider != Provider.APNS_SANDBOX;
    }

    @Override
    public synchronized String endpoint(Provider provider, String token, Optional<String> known) {
        String endpoint = known.filter(endpoints::containsKey)
                .or(() -> endpoints.entrySet().stream()
                        .filter(one -> one.getValue().equals(token))
                        .map(Map.Entry::getKey)
                        .findFirst())
                .orElseGet(() -> "endpoint-" + ++made);
        endpoints.put(endpoint, token);
        return endpoint;
    }

    @Override
    public void delete(String endpoint) {
        endpoints.remove(endpoint);
    }

    @Override
    public synchronized Outcome send(String endpoint, Message message) {
        Outcome outcome = outcomes.getOrDefault(endpoints.getOrDefault(endpoint, ""), new Outcome.Sent("m-1"));
        if (outcome instanceof Outcome.Sent) {
            sent.add(new Sent(endpoint, message));
        }
        return outcome;
    }

    /** From now on, sending to the endpoint of a token ends so. */
    public void answer(String token, Outcome outcome) {
        outcomes.put(token, outcome);
    }

    public synchronized List<Sent> sent() {
        return List.copyOf(sent);
    }

    /** The tokens that have an endpoint. */
    public List<String> tokens() {
        return endpoints.values().stream().sorted().toList();
    }
}
