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
         * @throws MalformedJson if it does not fit, or a publication's push has a field that Carillon does not know
         */
        public <T> Optional<T> result(Class<T> type) {
            if (json.isEmpty()) {
                return Optional.empty();
            }
            T result = Json.read(json.text(), type);
            if (result instanceof ProxyResult.Publish) {
                requireKnownPush(json.text());
            }
            return Optional.of(result);
        }

        private static void requireKnownPush(String result) {
            String unknown = UnsupportedPush.unknownInPush(result);
            if (!unknown.isEmpty()) {
                throw new MalformedJson("Carillon does not support " + unknown + "; leave it out");
            }
        }
    }

    /**
     * Reads an answer.
     *
     * @throws MalformedJson if it is none, names an error without a code, or a disconnect whose code is not from 4000 to
     *     4999
     */
    static ProxyAnswer read(String text) {
        Envelope envelope = Json.read(text, Envelope.class);
        if (envelope.disconnect() != null) {
            requireApplications(envelope.disconnect().code());
            return new Ends(envelope.disconnect());
        }
        if (envelope.error() != null) {
            if (envelope.error().code() <= 0) {
                throw new MalformedJson("its error has no code");
            }
            return new Refuses(envelope.error());
        }
        RawJson result = envelope.result();
        return new Grants(result == null || result.text().equals("null") ? RawJson.NONE : result);
    }

    /** Client libraries would take others for something else, and come back for ever after most of them. */
    private static void requireApplications(int code) {
        if (code < 4000 || code > 4999) {
            throw new MalformedJson(
                    "its disconnect has the code %d: only 4000 to 4999 are the application's, and from ".formatted(code)
                            + "4500 the client does not come back");
        }
    }

    /** The three as they are written. */
    record Envelope(RawJson result, ProtocolError error, Disconnect disconnect) {}
}
