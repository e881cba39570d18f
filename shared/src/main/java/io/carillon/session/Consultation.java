package io.carillon.session;

import io.carillon.channel.Refused;
import io.carillon.config.Proxied;
import io.carillon.config.ProxyConfig;
import io.carillon.connection.Connection;
import io.carillon.events.MalformedJson;
import io.carillon.events.ProtocolError;
import io.carillon.events.ProxyAnswer;
import io.carillon.events.ProxyRequest;
import io.carillon.events.RawJson;
import io.carillon.proxy.BackendFailure;
import io.carillon.proxy.Proxies;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the application's backends on behalf of a client, and turns what they do not grant into what the client gets.
 *
 * <p>Safe for use by several threads.
 */
final class Consultation {

    private static final Logger LOG = LoggerFactory.getLogger(Consultation.class);

    private final Proxied proxied;
    private final Proxies proxies;

    Consultation(Proxied proxied, Proxies proxies) {
        this.proxied = proxied;
        this.proxies = proxies;
    }

    /** Says which backend answers what. */
    Proxied proxied() {
        return proxied;
    }

    <T> Optional<T> ask(ProxyConfig proxy, ProxyRequest request, Class<T> result) {
        return ask(proxy, request, Map.of(), result);
    }

    /**
     * Asks a backend.
     *
     * @return the result; empty if the backend grants what was asked and says no more, or fails where that is allowed
     * @throws Refused with the backend's error; if it fails, with the configured one or 100
     * @throws Ended with the backend's disconnect, or the configured one if it fails
     */
    <T> Optional<T> ask(ProxyConfig proxy, ProxyRequest request, Map<String, String> headers, Class<T> result) {
        try {
            return granted(proxies.ask(proxy, request, headers), result);
        } catch (BackendFailure e) {
            if (e.wasCalled()) {
                log(proxy, request, e.getMessage());
            } else {
                // While a backend is left alone, each refused command would be a line more.
                LOG.debug("The backend {} was not asked for {}: {}", proxy.endpoint(), request.kind(), e.getMessage());
            }
            return granted(Proxies.instead(proxy, e.isOutage()), result);
        } catch (MalformedJson e) {
            throw failed(proxy, request, e.getMessage());
        }
    }

    private static <T> Optional<T> granted(ProxyAnswer answer, Class<T> result) {
        return switch (answer) {
            case ProxyAnswer.Ends ends -> throw new Ended(ends.disconnect());
            case ProxyAnswer.Refuses refuses -> throw new Refused(refuses.error());
            case ProxyAnswer.Grants grants -> grants.result(result);
        };
    }

    /** Whoever runs the backend finds out in the log; the client only learns what the configuration says. */
    static RuntimeException failed(ProxyConfig proxy, ProxyRequest request, String problem) {
        log(proxy, request, problem);
        return switch (Proxies.instead(proxy, false)) {
            case ProxyAnswer.Ends ends -> new Ended(ends.disconnect());
            case ProxyAnswer.Refuses refuses -> new Refused(refuses.error());
            case ProxyAnswer.Grants grants -> new Refused(ProtocolError.INTERNAL);
        };
    }

    private static void log(ProxyConfig proxy, ProxyRequest request, String problem) {
        LOG.error("The backend {} did not answer {}: {}", proxy.endpoint(), request.kind(), problem);
    }

    /** What a backend is told of a connection beside the user; nothing unless the configuration says so. */
    static RawJson meta(ProxyConfig proxy, Connection who) {
        return proxy.includeConnectionMeta() ? who.meta() : RawJson.NONE;
    }
}
