package io.carillon.api;

import io.carillon.events.ApiError;
import io.carillon.events.ApiReply;
import io.carillon.events.ApiResult;
import io.carillon.events.Framing;
import java.util.List;

/**
 * Keeps an answer within what Lambda passes on, which is 6 MB: parts that find no room are answered with error 106. The
 * answer is a text within JSON on its way, where each quote and backslash takes two bytes.
 *
 * <p>Source: "Lambda quotas", invocation payload; {@code 6291556} bytes.
 */
final class AnswerRoom {

    /** Leaves some for the envelope: status, headers, and what joins the parts. */
    private static final int SIZE = 6_000_000;

    static final ApiError TOO_LARGE =
            ApiError.limitExceeded("the answer is larger than the 6 MB that Lambda passes on; ask for less at once");

    private int left = SIZE;

    /** Writes a reply, or as much of it as there is room for. */
    static String write(ApiReply reply) {
        String whole = reply.write();
        AnswerRoom room = new AnswerRoom();
        if (room.takes(whole)) {
            return whole;
        }
        return reply instanceof ApiReply.Done(ApiResult.Batch(List<ApiReply> parts))
                ? ApiReply.of(new ApiResult.Batch(parts.stream().map(room::fit).toList()))
                        .write()
                : ApiReply.of(TOO_LARGE).write();
    }

    private ApiReply fit(ApiReply part) {
        return takes(part.write()) ? part : ApiReply.of(TOO_LARGE);
    }

    /** Takes a text up if there is room for it. */
    boolean takes(String text) {
        int size = size(text);
        if (size > left) {
            return false;
        }
        left -= size;
        return true;
    }

    private static int size(String text) {
        int doubled = (int) text.chars().filter(c -> c == '"' || c == '\\').count();
        return Framing.utf8Length(text) + doubled;
    }
}
