package io.carillon.sqs;

import io.carillon.delivery.Mailboxes.Letter;
import io.carillon.events.Framing;
import io.carillon.events.Json;
import io.carillon.events.Mail;
import io.carillon.trace.Trace;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;

/**
 * A letter as SQS takes it.
 *
 * @param group the message group: up to 128 printable ASCII characters, another one for every mailbox
 * @param dedup up to 128 characters; names the mailbox too, so that it is unique in the whole queue, whatever the scope
 *     of its deduplication
 * @param body the mail's JSON
 * @param size the body's bytes in UTF-8
 * @param trace the trace header, which counts neither as size nor as one of the ten attributes of a message
 */
record Envelope(String group, String dedup, String body, int size, Trace trace) {

    private static final int MAX_GROUP = 128;

    static Envelope of(Letter letter) {
        String group = group(letter.mail());
        String body = legal(Json.write(letter.mail()));
        return new Envelope(
                group, sha256(group + '\n' + letter.dedup()), body, Framing.utf8Length(body), Trace.current());
    }

    /** The attribute that SQS keeps for X-Ray, and hands on to Lambda with the message; a batch has one for each entry. */
    Map<MessageSystemAttributeNameForSends, MessageSystemAttributeValue> traceAttribute() {
        return trace.isPresent()
                ? Map.of(
                        MessageSystemAttributeNameForSends.AWS_TRACE_HEADER,
                        MessageSystemAttributeValue.builder()
                                .dataType("String")
                                .stringValue(trace.xRay())
                                .build())
                : Map.of();
    }

    /** A name that SQS does not allow is hashed. No hash can meet another mailbox's name, since those hold a #. */
    private static String group(Mail mail) {
        String name = mail.channel() + "#" + mail.shard();
        boolean isLegal = name.length() <= MAX_GROUP && name.chars().allMatch(c -> c > ' ' && c < 0x7F);
        return isLegal ? name : sha256(name);
    }

    /**
     * Escapes the few characters that JSON strings may hold and SQS refuses: U+FFFE, U+FFFF and halves of surrogate
     * pairs. The JSON value stays the same.
     */
    static String legal(String json) {
        if (json.codePoints().noneMatch(Envelope::isRefused)) {
            return json;
        }
        StringBuilder legal = new StringBuilder(json.length() + 16);
        json.codePoints().forEach(point -> {
            if (isRefused(point)) {
                legal.append("\\u").append(HexFormat.of().toHexDigits((char) point));
            } else {
                legal.appendCodePoint(point);
            }
        });
        return legal.toString();
    }

    private static boolean isRefused(int point) {
        return point == 0xFFFE
                || point == 0xFFFF
                || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
