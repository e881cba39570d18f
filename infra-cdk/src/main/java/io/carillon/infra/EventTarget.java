package io.carillon.infra;

import java.net.URI;
import java.util.regex.Pattern;

/** Where a subscription has events sent, which was there before the deployment. */
public sealed interface EventTarget {

    /** What a stage's file calls it. */
    String key();

    /** Its ARN or URL. */
    String address();

    /**
     * A standard queue, whose policy must let the topic send; see {@code docs/guides/events.md}.
     *
     * @param arn of the queue
     */
    record Queue(String arn) implements EventTarget {

        public Queue {
            require("queue", arn, "arn:[a-z-]+:sqs:[a-z0-9-]+:\\d{12}:[A-Za-z0-9_-]{1,80}", """
                    the ARN of a standard SQS queue, such as arn:aws:sqs:eu-west-1:123456789012:orders; SNS delivers no \
                    events to FIFO queues""");
        }

        @Override
        public String key() {
            return "queue";
        }

        @Override
        public String address() {
            return arn;
        }
    }

    /**
     * A Lambda function of the same account.
     *
     * @param arn of the function, or of its version or alias
     */
    record Function(String arn) implements EventTarget {

        public Function {
            require(
                    "function",
                    arn,
                    "arn:[a-z-]+:lambda:[a-z0-9-]+:\\d{12}:function:[A-Za-z0-9_-]{1,64}(:[A-Za-z0-9_$-]+)?",
                    "the ARN of a Lambda function, such as arn:aws:lambda:eu-west-1:123456789012:function:indexer");
        }

        @Override
        public String key() {
            return "function";
        }

        @Override
        public String address() {
            return arn;
        }
    }

    /**
     * An EventBridge bus of the same account and Region, as pipes want it.
     *
     * @param arn of the bus
     */
    record EventBus(String arn) implements EventTarget {

        public EventBus {
            require(
                    "event_bus",
                    arn,
                    "arn:[a-z-]+:events:[a-z0-9-]+:\\d{12}:event-bus/[A-Za-z0-9._/-]{1,256}",
                    "the ARN of an EventBridge bus, such as arn:aws:events:eu-west-1:123456789012:event-bus/default");
        }

        @Override
        public String key() {
            return "event_bus";
        }

        @Override
        public String address() {
            return arn;
        }
    }

    /**
     * A webhook, which must confirm the first message that SNS sends it.
     *
     * @param url begins with {@code https://}
     */
    record Url(String url) implements EventTarget {

        public Url {
            require(
                    "url",
                    url,
                    "https://[^\\s/]+\\S*",
                    "an address that begins with https://, such as" + " https://example.com/hooks/carillon");
            if (!namesAHost(url)) {
                throw new IllegalArgumentException("url must be an address with a host, such as"
                        + " https://example.com/hooks/carillon; it was " + url);
            }
        }

        private static boolean namesAHost(String url) {
            try {
                return URI.create(url).getHost() != null;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        @Override
        public String key() {
            return "url";
        }

        @Override
        public String address() {
            return url;
        }
    }

    private static void require(String key, String value, String pattern, String wanted) {
        if (!Pattern.matches(pattern, value)) {
            throw new IllegalArgumentException(key + " must be " + wanted + "; it was " + value);
        }
    }
}
