package io.carillon.local.aws.sns;

import java.net.URI;

/** How a subscription is delivered to, by SNS's own names. */
enum Protocol {
    SQS("sqs"),
    LAMBDA("lambda"),
    HTTP("http"),
    HTTPS("https");

    private final String text;

    Protocol(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /**
     * Reads a protocol.
     *
     * @throws SnsException if the local SNS does not deliver so
     */
    static Protocol of(String text) {
        for (var protocol : values()) {
            if (protocol.text.equals(text)) {
                return protocol;
            }
        }
        throw SnsException.invalidParameter(
                "Protocol: the local SNS delivers to sqs, lambda, http and https, not to " + text);
    }

    /** Refuses an endpoint that does not belong to the protocol. */
    void check(String endpoint) {
        if (this == SQS) {
            checkQueue(endpoint);
        } else if (this == LAMBDA) {
            checkFunction(endpoint);
        } else if (!isUrl(endpoint)) {
            throw SnsException.invalidParameter("Endpoint must match the specified protocol");
        }
    }

    private static void checkQueue(String arn) {
        if (!arn.startsWith("arn:aws:sqs:")) {
            throw SnsException.invalidParameter("SQS endpoint ARN");
        }
        if (arn.endsWith(".fifo")) {
            throw SnsException.invalidParameter(
                    "Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics");
        }
    }

    private static void checkFunction(String arn) {
        if (!arn.matches("arn:aws:lambda:[^:]+:[^:]+:function:[^:]+(:[^:]+)?")) {
            throw SnsException.invalidParameter("Lambda endpoint ARN");
        }
    }

    /** Says whether whoever is there must confirm a subscription first. */
    boolean confirms() {
        return this == HTTP || this == HTTPS;
    }

    private boolean isUrl(String endpoint) {
        try {
            var url = URI.create(endpoint);
            return text.equals(url.getScheme()) && url.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
