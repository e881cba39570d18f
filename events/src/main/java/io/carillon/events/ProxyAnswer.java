package io.carillon.events;

import java.util.Optional;

/**
 * What an application's own backend answers: a result, an error for the client, or the end of its connection. Read the
 * result with {@link #result}.
 *
 * <p>Source: proxy.proto of Centrifugo v6.9. As there, a disconnect counts before an error, and an error before a result.
 */
public sealed interface ProxyAnswer {

    /** Ends the connection. */
    record Ends(Disconnect disconnect) implements ProxyAnswer {}

    /** Refuses what was asked. */
    record Refuses(ProtocolError error) implements ProxyAnswer {}

    /** Grants it, with a JSON object; empty where the backend has nothing to say. */
    record Grants(RawJson json) implements ProxyAnswer {

        /**
         * Reads the result; empty if there is none.
         *
         * @throws MalformedJson if it does not fit
         */
        public <T> Optional<T> result(Class<T> type) {
            return json.isEmpty() ? Optional.empty() : Optional.of(Json.read(json.text(), type));
        }
    }

    /**
     * Reads an answer.
     *
     * @throws MalformedJson if it is none, or names an error or a disconnect without a code
     */
    static ProxyAnswer read(String text) {
        Envelope envelope = Json.read(text, Envelope.class);
        if (envelope.disconnect() != null) {
            requireCode(envelope.disconnect().code(), "disconnect");
            return new Ends(envelope.disconnect());
        }
        if (envelope.error() != null) {
            requireCode(envelope.error().code(), "error");
            return new Refuses(envelope.error());
        }
        RawJson result = envelope.result();
        return new Grants(result == null || result.text().equals("null") ? RawJson.NONE : result);
    }

    private static void requireCode(int code, String what) {
        if (code <= 0) {
            throw new MalformedJson("its " + what + " has no code");
        }
    }

    /** The three as they are written. */
    record Envelope(RawJson result, ProtocolError error, Disconnect disconnect) {}
}
