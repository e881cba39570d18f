package io.carillon.local.cost;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** A thing that is billed by the unit. */
public enum Billed {

    /** WebSocket messages in either direction, each 32 KB or part of them counted as one. */
    @JsonProperty("websocket_messages")
    WEBSOCKET_MESSAGES("API Gateway WebSocket messages", "messages"),

    /** Minutes for which WebSocket connections were open. */
    @JsonProperty("websocket_connection_minutes")
    WEBSOCKET_CONNECTION_MINUTES("API Gateway WebSocket connections", "minutes"),

    /** Requests of the HTTP API, each 512 KB or part of them counted as one. */
    @JsonProperty("http_requests")
    HTTP_REQUESTS("API Gateway HTTP API requests", "requests"),

    /** Invocations of functions. */
    @JsonProperty("lambda_requests")
    LAMBDA_REQUESTS("Lambda invocations", "requests"),

    /** Memory times duration on arm64, by the millisecond. */
    @JsonProperty("lambda_gb_seconds_arm64")
    LAMBDA_GB_SECONDS_ARM64("Lambda duration, arm64", "GB-s"),

    /** Memory times duration on x86_64, by the millisecond. */
    @JsonProperty("lambda_gb_seconds_x86_64")
    LAMBDA_GB_SECONDS_X86_64("Lambda duration, x86_64", "GB-s"),

    /** Write request units of on-demand tables, with those of their indexes. */
    @JsonProperty("dynamodb_write_units")
    DYNAMODB_WRITE_UNITS("DynamoDB writes", "WRU"),

    /** Read request units of on-demand tables. */
    @JsonProperty("dynamodb_read_units")
    DYNAMODB_READ_UNITS("DynamoDB reads", "RRU"),

    /** Requests to FIFO queues, each 64 KB or part of them counted as one. */
    @JsonProperty("sqs_fifo_requests")
    SQS_FIFO_REQUESTS("SQS FIFO requests", "requests"),

    /** Requests to standard queues, each 64 KB or part of them counted as one. */
    @JsonProperty("sqs_requests")
    SQS_REQUESTS("SQS standard requests", "requests"),

    /** Messages published to standard topics, each 64 KB or part of them counted as one. */
    @JsonProperty("sns_publishes")
    SNS_PUBLISHES("SNS publishes", "requests"),

    /** Notifications that were published to a device, beside their publish. */
    @JsonProperty("sns_mobile_notifications")
    SNS_MOBILE_NOTIFICATIONS("SNS mobile notifications", "notifications"),

    /** Bytes taken by CloudWatch Logs, in gigabytes of 2^30. */
    @JsonProperty("log_gigabytes")
    LOG_GIGABYTES("CloudWatch Logs", "GB"),

    /** AppSync Events: publishes, deliveries of 5 KB or part of them, and the rest of its operations. */
    @JsonProperty("appsync_operations")
    APPSYNC_OPERATIONS("AppSync Events operations", "operations"),

    /** AppSync Events: minutes for which connections were open. */
    @JsonProperty("appsync_connection_minutes")
    APPSYNC_CONNECTION_MINUTES("AppSync Events connections", "minutes");

    private final String title;
    private final String unit;

    Billed(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    /** Names it as a bill does. */
    public String title() {
        return title;
    }

    /** Names what is counted. */
    public String unit() {
        return unit;
    }

    /** Names it as the files do. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether API Gateway itself charges for it, whatever stands behind it. */
    public boolean isApiGateway() {
        return switch (this) {
            case WEBSOCKET_MESSAGES, WEBSOCKET_CONNECTION_MINUTES, HTTP_REQUESTS -> true;
            default -> false;
        };
    }
}
