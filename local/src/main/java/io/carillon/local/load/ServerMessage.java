package io.carillon.local.load;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.carillon.events.Json;
import io.carillon.events.ProtocolError;
import io.carillon.events.Publication;
import io.carillon.events.Push;
import io.carillon.events.Result;

/** One line of what a server sends, as far as a load client cares. */
sealed interface ServerMessage {

    /** The connect command's reply. */
    record Connected(long id, Result.Connect result) implements ServerMessage {}

    /** A subscribe command's reply. */
    record Subscribed(long id, Result.Subscribe result) implements ServerMessage {}

    /** A refused command. */
    record Refused(long id, ProtocolError error) implements ServerMessage {}

    /** A publication. */
    record Published(String channel, Publication publication) implements ServerMessage {}

    /** The end of a subscription. */
    record Unsubscribed(String channel, Push.Unsubscribed push) implements ServerMessage {}

    /** The end of the connection, announced. */
    record Disconnected(Push.Disconnected push) implements ServerMessage {}

    /** A ping, somebody's coming or going, and whatever else needs no answer. */
    record Other() implements ServerMessage {}

    /** A line as it stands; at most one field of each record is there. */
    record Line(long id, ProtocolError error, Result.Connect connect, Result.Subscribe subscribe, PushLine push) {}

    /** A push as it stands. */
    record PushLine(
            String channel,
            @JsonAlias("pub") Publication publication,
            Push.Unsubscribed unsubscribe,
            Push.Disconnected disconnect) {}

    /**
     * Reads a line.
     *
     * @throws io.carillon.events.MalformedJson if it is not JSON
     */
    static ServerMessage read(String text) {
        Line line = Json.read(text, Line.class);
        if (line.error() != null) {
            return new Refused(line.id(), line.error());
        }
        if (line.connect() != null) {
            return new Connected(line.id(), line.connect());
        }
        if (line.subscribe() != null) {
            return new Subscribed(line.id(), line.subscribe());
        }
        return line.push() == null ? new Other() : read(line.push());
    }

    private static ServerMessage read(PushLine push) {
        String channel = push.channel() == null ? "" : push.channel();
        if (push.publication() != null) {
            return new Published(channel, push.publication());
        }
        if (push.unsubscribe() != null) {
            return new Unsubscribed(channel, push.unsubscribe());
        }
        return push.disconnect() == null ? new Other() : new Disconnected(push.disconnect());
    }
}
