package io.carillon.local.latency;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** A step on the way of a message that takes time in AWS. */
public enum Hop {

    /** From a client's frame at API Gateway to the invocation of the function behind the route. */
    @JsonProperty("websocket_in")
    WEBSOCKET_IN,

    /** From a function's answer to the client, as a route response. */
    @JsonProperty("websocket_out")
    WEBSOCKET_OUT,

    /** What the HTTP API adds to the time of the function behind it. */
    @JsonProperty("http_api")
    HTTP_API,

    /** What Lambda adds to the run of a function that is warm. */
    @JsonProperty("lambda_invoke")
    LAMBDA_INVOKE,

    /** {@code GetItem}. */
    @JsonProperty("dynamodb_get")
    DYNAMODB_GET,

    /** {@code PutItem}. */
    @JsonProperty("dynamodb_put")
    DYNAMODB_PUT,

    /** {@code UpdateItem}. */
    @JsonProperty("dynamodb_update")
    DYNAMODB_UPDATE,

    /** {@code DeleteItem}. */
    @JsonProperty("dynamodb_delete")
    DYNAMODB_DELETE,

    /** {@code Query} of one page. */
    @JsonProperty("dynamodb_query")
    DYNAMODB_QUERY,

    /** {@code Scan} of one page. */
    @JsonProperty("dynamodb_scan")
    DYNAMODB_SCAN,

    /** {@code BatchGetItem} and {@code BatchWriteItem}. */
    @JsonProperty("dynamodb_batch")
    DYNAMODB_BATCH,

    /** {@code TransactWriteItems} and {@code TransactGetItems}. */
    @JsonProperty("dynamodb_transact")
    DYNAMODB_TRANSACT,

    /** {@code SendMessage} and {@code SendMessageBatch}. */
    @JsonProperty("sqs_send")
    SQS_SEND,

    /** From a message in the queue to the invocation by its event source mapping, the receive included. */
    @JsonProperty("sqs_pick_up")
    SQS_PICK_UP,

    /** {@code DeleteMessageBatch} by the event source mapping; the message group is blocked until then. */
    @JsonProperty("sqs_delete")
    SQS_DELETE,

    /** {@code Publish} and {@code PublishBatch} to a topic. */
    @JsonProperty("sns_publish")
    SNS_PUBLISH,

    /** {@code PostToConnection}, as its caller sees it. */
    @JsonProperty("connections_post")
    CONNECTIONS_POST,

    /** From a {@code PostToConnection} request at API Gateway to the client. */
    @JsonProperty("connections_deliver")
    CONNECTIONS_DELIVER;

    /** Names it as the file does. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
