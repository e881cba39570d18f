package io.carillon.events;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * Writes what a server sends: each method gives one line, without its line break. Lines joined with {@code \n} make
 * a frame.
 *
 * <p>Safe for use by several threads.
 */
public final class FrameWriter {

    /** The server's ping, which is an empty object. */
    public static final String PING = "{}";

    private FrameWriter() {}

    /** Answers the command {@code id}. */
    public static String reply(long id, Result result) {
        return object(generator -> {
            generator.writeNumberField("id", id);
            generator.writeFieldName(nameOf(result));
            Json.mapper().writeValue(generator, result);
        });
    }

    /** Refuses the command {@code id}. */
    public static String error(long id, ProtocolError error) {
        return object(generator -> {
            generator.writeNumberField("id", id);
            generator.writeFieldName("error");
            Json.mapper().writeValue(generator, error);
        });
    }

    /** Pushes to a channel's subscriber; {@code channel} is empty for what concerns the whole connection. */
    public static String push(String channel, Push push) {
        return object(generator -> {
            generator.writeObjectFieldStart("push");
            if (!channel.isEmpty()) {
                generator.writeStringField("channel", channel);
            }
            generator.writeFieldName(nameOf(push));
            Json.mapper().writeValue(generator, push instanceof Push.Pub pub ? pub.publication() : push);
            generator.writeEndObject();
        });
    }

    /** Writes a publication as it stands in replies and pushes. */
    public static String publication(Publication publication) {
        return Json.write(publication);
    }

    /** Tells the client to go, before its connection is closed. */
    public static String disconnect(Disconnect disconnect) {
        return push("", new Push.Disconnected(disconnect.code(), disconnect.reason()));
    }

    private static String nameOf(Result result) {
        return switch (result) {
            case Result.Connect r -> "connect";
            case Result.Subscribe r -> "subscribe";
            case Result.Unsubscribe r -> "unsubscribe";
            case Result.Publish r -> "publish";
            case Result.Presence r -> "presence";
            case Result.PresenceStats r -> "presence_stats";
            case Result.History r -> "history";
            case Result.Rpc r -> "rpc";
            case Result.Refresh r -> "refresh";
            case Result.SubRefresh r -> "sub_refresh";
        };
    }

    private static String nameOf(Push push) {
        return switch (push) {
            case Push.Pub p -> "pub";
            case Push.Join p -> "join";
            case Push.Leave p -> "leave";
            case Push.Unsubscribed p -> "unsubscribe";
            case Push.Subscribed p -> "subscribe";
            case Push.Message p -> "message";
            case Push.Disconnected p -> "disconnect";
        };
    }

    private interface Body {
        void writeTo(JsonGenerator generator) throws IOException;
    }

    private static String object(Body body) {
        StringWriter line = new StringWriter(256);
        try (JsonGenerator generator = Json.mapper().createGenerator(line)) {
            generator.writeStartObject();
            body.writeTo(generator);
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory cannot fail", e);
        }
        return line.toString();
    }
}
