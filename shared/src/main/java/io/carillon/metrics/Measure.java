package io.carillon.metrics;

import java.util.Locale;

/**
 * Everything that is counted or timed. None has a dimension of its own but {@link #CODES}, which has one per code: a
 * metric per channel, user or connection would cost more than what it measures.
 */
public enum Measure {
    CONNECTIONS_OPENED("ConnectionsOpened", "Connections that were let in"),
    CONNECTIONS_CLOSED("ConnectionsClosed", "Connections that have ended, whoever ended them"),
    CONNECTIONS_PINGED("ConnectionsPinged", "Connections that the heartbeat found open; it comes to each in turn"),
    REJECTED_FRAMES("RejectedFrames", "Frames that could not be read, or were too many"),
    PUBLICATIONS("Publications", "Publications that were accepted"),
    DELIVERIES("Deliveries", "Messages that API Gateway took for a connection; one may carry several publications"),
    CALLBACK_REQUESTS("CallbackRequests", "Requests to @connections, which count against the account's quota"),
    THROTTLED_POSTS("ThrottledPosts", "429 from @connections: the quota is used up, or a client does not read"),
    GONE_POSTS("GonePosts", "410 from @connections: the connection no longer exists, or not yet"),
    SLOW_CLIENTS("SlowClients", "Subscribers that were told to subscribe again because they did not take a message"),
    RECOVERIES("Recoveries", "Subscribers that got all they had missed"),
    FAILED_RECOVERIES("FailedRecoveries", "Subscribers that were told that what they missed is not to be had"),
    HOLES_CLOSED("HolesClosed", "Offsets that were closed because their publisher never came"),
    FAILED_BATCHES("FailedBatches", "Attempts to deliver a mailbox's batch that failed and are repeated"),
    MAILS_GIVEN_UP(
            "MailsGivenUp", "Mails that failed for the last time, or cannot be read, and go to the dead-letter queue"),
    QUOTA_UNKNOWN("QuotaUnknown", "Times that the shared quota could not be asked"),
    KEY_FETCH_FAILURES("KeyFetchFailures", "Fetches of the JSON Web Key Set that failed"),
    PUSHES("Pushes", "Mobile push notifications that SNS took, one for each device"),
    THROTTLED_PUSHES(
            "ThrottledPushes", "Mobile push notifications that SNS did not take now, and that are tried again"),
    DEAD_TOKENS("DeadTokens", "Devices that are removed since their provider no longer knows their token"),
    CODES("Codes", "Errors, unsubscribes and disconnects that clients and backends were told, by code"),
    PUBLISH_TO_POST("PublishToPost", "Milliseconds from the publish to API Gateway's acceptance of the post");

    private final String title;
    private final String help;

    Measure(String title, String help) {
        this.title = title;
        this.help = help;
    }

    /** The name in CloudWatch, as in {@code ThrottledPosts}. */
    public String title() {
        return title;
    }

    /** The name in Prometheus without a suffix, as in {@code carillon_throttled_posts}. */
    public String snake() {
        return "carillon_" + name().toLowerCase(Locale.ROOT);
    }

    /** What it counts, in one sentence. */
    public String help() {
        return help;
    }
}
