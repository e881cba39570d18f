package io.carillon.push;

import io.carillon.events.Hidden;
import java.util.Map;
import java.util.Optional;

/**
 * Reaches devices through their providers, as SNS does.
 *
 * <p>Safe for use by several threads.
 */
public interface PushGateway {

    /** Reaches nobody: for functions that only put notifications into the queue. */
    PushGateway NONE = new PushGateway() {
        @Override
        public boolean serves(Provider provider) {
            return false;
        }

        @Override
        public String endpoint(Provider provider, String token, Optional<String> known) {
            throw missing();
        }

        @Override
        public void delete(String endpoint) {
            throw missing();
        }

        @Override
        public Outcome send(String endpoint, Message message) {
            throw missing();
        }

        private static IllegalStateException missing() {
            return new IllegalStateException("This function has no platform application: see the stack's functions");
        }
    };

    /** Whether there is a platform application for a provider. */
    boolean serves(Provider provider);

    /**
     * Makes sure that there is an endpoint for a token, and that it is enabled.
     *
     * @param known the endpoint that the device had
     * @return the endpoint's ARN; another one than before if that could not be kept
     * @throws PushRefused if the provider's token cannot be one
     */
    String endpoint(Provider provider, String token, Optional<String> known);

    /** Deletes an endpoint; one that is gone is no error. */
    void delete(String endpoint);

    /**
     * A notification as SNS takes it.
     *
     * @param body one text per platform, as JSON
     * @param attributes SNS's reserved attributes for the platform
     */
    record Message(String body, Map<String, String> attributes) {

        /** Shows no text that a user sees. */
        @Override
        public String toString() {
            return "Message[body=" + Hidden.text(body) + ", attributes=" + attributes + "]";
        }
    }

    /** What became of a notification. */
    sealed interface Outcome {

        /** SNS delivers it. */
        record Sent(String messageId) implements Outcome {}

        /** The endpoint is disabled or gone, as the provider no longer knows the token. */
        record Dead() implements Outcome {}

        /** Not now: too many calls, or a failure that passes. */
        record Later(String reason) implements Outcome {}

        /** Never in this form. */
        record Refused(String reason) implements Outcome {}
    }

    /** Sends a notification to an endpoint. */
    Outcome send(String endpoint, Message message);
}
