package io.carillon.events.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * One event of each kind that AWS sends, whole, as AWS writes it: what a handler is primed with before its snapshot
 * is taken, and what tests feed it. Ids are invented, addresses are those reserved for documentation.
 */
public enum Sample {
    WEBSOCKET_CONNECT("websocket-connect"),
    WEBSOCKET_MESSAGE("websocket-message"),
    WEBSOCKET_DISCONNECT("websocket-disconnect"),
    HTTP_REQUEST("http-request"),
    HTTP_REQUEST_BASE64("http-request-base64"),
    HTTP_POLL("http-poll"),
    SQS_FIFO_BATCH("sqs-fifo-batch"),
    SQS_BATCH("sqs-batch"),
    SNS_NOTIFICATION("sns-notification"),
    SCHEDULE("schedule"),
    CLOUDFORMATION_CREATE("cloudformation-create");

    private final String file;

    Sample(String file) {
        this.file = file;
    }

    /** Gives the event's JSON. */
    public String text() {
        String path = "/samples/" + file + ".json";
        try (InputStream in = Sample.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is missing from the jar of carillon-events");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
