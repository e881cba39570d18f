package io.carillon.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the commands of one frame: JSON objects, one after another, usually a line each. Any other
 * white space between them, or none, is taken too, as long as each is whole.
 *
 * <p>Safe for use by several threads.
 */
public final class CommandReader {

    /** The largest id that a command may have. */
    public static final long MAX_ID = 0xFFFF_FFFFL;

    private static final Map<String, Class<? extends Request>> REQUESTS = Map.ofEntries(
            Map.entry("connect", Request.Connect.class),
            Map.entry("subscribe", Request.Subscribe.class),
            Map.entry("unsubscribe", Request.Unsubscribe.class),
            Map.entry("publish", Request.Publish.class),
            Map.entry("presence", Request.Presence.class),
            Map.entry("presence_stats", Request.PresenceStats.class),
            Map.entry("history", Request.History.class),
            Map.entry("rpc", Request.Rpc.class),
            Map.entry("send", Request.Send.class),
            Map.entry("refresh", Request.Refresh.class),
            Map.entry("sub_refresh", Request.SubRefresh.class));

    private CommandReader() {}

    /**
     * What a frame holds.
     *
     * @param commands all up to the first that is malformed, in order
     * @param problem what is wrong with the rest, if anything is; a frame with nothing in it is malformed too
     */
    public record Frame(List<Command> commands, Optional<MalformedJson> problem) {}

    /**
     * Reads all commands of a frame, in order.
     *
     * @throws MalformedJson if the frame holds anything but well-formed commands, or nothing at all
     */
    public static List<Command> read(String frame) {
        Frame read = leading(frame);
        read.problem().ifPresent(problem -> {
            throw problem;
        });
        return read.commands();
    }

    /** Reads the commands of a frame as far as they are well formed. */
    public static Frame leading(String frame) {
        List<Command> commands = new ArrayList<>(4);
        try (JsonParser parser = Json.mapper().createParser(frame)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                commands.add(command(parser, frame));
            }
        } catch (JsonProcessingException e) {
            return new Frame(commands, Optional.of(new MalformedJson(e)));
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory cannot fail", e);
        } catch (RuntimeException e) {
            return new Frame(commands, Optional.of(MalformedJson.causedBy(e)));
        }
        return new Frame(
                commands, commands.isEmpty() ? Optional.of(new MalformedJson("empty frame")) : Optional.empty());
    }

    private static Command command(JsonParser parser, String frame) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new MalformedJson("a command is a JSON object");
        }
        long id = 0;
        Request request = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            Class<? extends Request> type = REQUESTS.get(field);
            if (field.equals("id")) {
                id = id(parser);
            } else if (type == null || parser.currentToken() == JsonToken.VALUE_NULL) {
                parser.skipChildren();
            } else if (request == null) {
                request = Json.read(parser, frame, type);
            } else {
                throw new MalformedJson("a command asks for one thing");
            }
        }
        if (request == null) {
            request = id == 0 ? new Request.Pong() : new Request.Unknown();
        }
        return new Command(id, request);
    }

    private static long id(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw new MalformedJson("a command's id is a whole number");
        }
        long id = parser.getLongValue();
        if (id < 0 || id > MAX_ID) {
            throw new MalformedJson("a command's id is a number of 32 bits");
        }
        return id;
    }
}
