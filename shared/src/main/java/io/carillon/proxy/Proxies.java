package io.carillon.proxy;

import io.carillon.config.CircuitConfig;
import io.carillon.config.FailureConfig;
import io.carillon.config.ProxyConfig;
import io.carillon.config.StatusTransform;
import io.carillon.events.Disconnect;
import io.carillon.events.Json;
import io.carillon.events.MalformedJson;
import io.carillon.events.ProtocolError;
import io.carillon.events.ProxyAnswer;
import io.carillon.events.ProxyRequest;
import io.carillon.events.RawJson;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks the application's backends. Requests to the same endpoint share one circuit.
 *
 * <p>Safe for use by several threads.
 */
public final class Proxies {

    private final Backends backends;
    private final CircuitConfig circuit;
    private final Map<ProxyConfig, Backend> reached = new ConcurrentHashMap<>();
    private final Map<String, Circuit> circuits = new ConcurrentHashMap<>();

    public Proxies(Backends backends, CircuitConfig circuit) {
        this.backends = backends;
        this.circuit = circuit;
    }

    /** Asks a backend, without headers of the client's. */
    public ProxyAnswer ask(ProxyConfig proxy, ProxyRequest request) {
        return ask(proxy, request, Map.of());
    }

    /**
     * Asks a backend.
     *
     * @param emulated what the client sends as its headers; only those that the configuration names are handed on
     * @throws BackendFailure if there is no answer, or none that can be used
     */
    public ProxyAnswer ask(ProxyConfig proxy, ProxyRequest request, Map<String, String> emulated) {
        Backend backend = reached.computeIfAbsent(proxy, backends::at);
        Map<String, String> headers = headers(proxy, emulated);
        String body = Json.write(request);
        try {
            String answer = circuits.computeIfAbsent(proxy.endpoint(), endpoint -> Circuit.of(endpoint, circuit))
                    .call(() -> backend.ask(request.kind(), body, headers));
            return ProxyAnswer.read(answer);
        } catch (MalformedJson e) {
            throw BackendFailure.unusable(e);
        } catch (BackendFailure e) {
            return transformed(proxy, e);
        }
    }

    private static Map<String, String> headers(ProxyConfig proxy, Map<String, String> emulated) {
        Map<String, String> headers = new HashMap<>();
        proxy.http().staticHeaders().forEach((name, value) -> {
            if (!value.isEmpty()) {
                headers.put(name.toLowerCase(Locale.ROOT), value);
            }
        });
        emulated.forEach((name, value) -> {
            boolean named = proxy.emulatedHeaders().stream().anyMatch(name::equalsIgnoreCase);
            // What cannot stand in a header would look like a failure of the backend.
            if (named && value.chars().allMatch(c -> c >= ' ' && c < 127)) {
                headers.put(name.toLowerCase(Locale.ROOT), value);
            }
        });
        return headers;
    }

    private static ProxyAnswer transformed(ProxyConfig proxy, BackendFailure failure) {
        for (StatusTransform transform : proxy.http().statusToCodeTransforms()) {
            if (failure.status().orElse(0) == transform.statusCode()) {
                return transform.toError().code() > 0
                        ? new ProxyAnswer.Refuses(error(transform.toError()))
                        : new ProxyAnswer.Ends(disconnect(transform.toDisconnect()));
            }
        }
        throw failure;
    }

    /**
     * Gives what a client gets in place of the answer of a backend that fails.
     *
     * @param outage whether it is down, and not only wrong
     */
    public static ProxyAnswer instead(ProxyConfig proxy, boolean outage) {
        FailureConfig config = proxy.onFailure();
        if (config.toDisconnect().code() > 0) {
            return new ProxyAnswer.Ends(disconnect(config.toDisconnect()));
        }
        if (config.toError().code() > 0) {
            return new ProxyAnswer.Refuses(error(config.toError()));
        }
        return config.allow() && outage
                ? new ProxyAnswer.Grants(RawJson.NONE)
                : new ProxyAnswer.Refuses(ProtocolError.INTERNAL);
    }

    private static ProtocolError error(StatusTransform.ErrorTransform error) {
        return new ProtocolError(error.code(), error.message(), error.temporary());
    }

    private static Disconnect disconnect(StatusTransform.DisconnectTransform disconnect) {
        return new Disconnect(disconnect.code(), disconnect.reason());
    }
}
