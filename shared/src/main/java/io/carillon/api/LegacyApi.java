package io.carillon.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.carillon.events.ApiError;
import io.carillon.events.ApiReply;
import io.carillon.events.ApiRequest;
import io.carillon.events.ApiResult;
import io.carillon.events.Json;
import io.carillon.events.MalformedJson;
import io.carillon.events.RawJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Answers requests in the form that older clients of Centrifugo send: {@code {"id","method","params"}}, several of them
 * one after another, usually a line each. Each has one line of the answer, with its id if it had one.
 *
 * <p>Source: internal/api/handler_legacy.go of Centrifugo v6.9.
 */
final class LegacyApi {

    private final ServerApi api;

    LegacyApi(ServerApi api) {
        this.api = api;
    }

    record Line(long id, String method, RawJson params) {}

    record Answer(
            long id,
            @JsonInclude(JsonInclude.Include.NON_NULL) ApiError error,
            @JsonInclude(JsonInclude.Include.NON_NULL) ApiResult result) {}

    /**
     * Answers a body.
     *
     * @throws MalformedJson if it is not lines of this form; then none of it was carried out
     */
    String answer(String body) {
        record Asked(long id, ApiRequest request) {}
        List<Asked> asked = new ArrayList<>();
        for (String object : objects(body)) {
            Line line = Json.read(object, Line.class);
            String params = line.params() == null ? "" : line.params().text();
            String method = line.method() == null ? "" : line.method().toLowerCase(Locale.ROOT);
            asked.add(new Asked(line.id(), ApiRequest.readOneOfSeveral(method, params)));
        }
        AnswerRoom room = new AnswerRoom();
        List<String> answers = new ArrayList<>();
        for (Asked one : asked) {
            String line = Json.write(answer(one.id(), one.request()));
            answers.add(room.takes(line) ? line : Json.write(new Answer(one.id(), AnswerRoom.TOO_LARGE, null)));
        }
        return String.join("\n", answers);
    }

    private Answer answer(long id, ApiRequest request) {
        return switch (api.handle(request)) {
            case ApiReply.Done(ApiResult result) -> new Answer(id, null, result);
            case ApiReply.Refused(ApiError error) -> new Answer(id, error, null);
        };
    }

    /** Cuts a body into its objects, whatever stands between them. */
    private static List<String> objects(String body) {
        List<String> objects = new ArrayList<>();
        try (JsonParser parser = Json.mapper().createParser(body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                int start = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                objects.add(body.substring(start, (int) parser.currentLocation().getCharOffset()));
            }
        } catch (JsonProcessingException e) {
            throw new MalformedJson(e);
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory cannot fail", e);
        }
        if (objects.isEmpty()) {
            throw new MalformedJson("the body is empty; it holds {\"method\":…,\"params\":…}");
        }
        return objects;
    }
}
