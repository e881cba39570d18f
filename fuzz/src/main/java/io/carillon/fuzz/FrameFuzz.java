package io.carillon.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Command;
import io.carillon.events.CommandReader;
import io.carillon.events.Framing;
import io.carillon.events.Json;
import io.carillon.events.MalformedJson;
import io.carillon.events.Request;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A stranger's frames, on a connection that has connected and on one that has not. Whatever comes, nothing is thrown,
 * and each message to the client is lines of JSON that API Gateway can carry.
 */
public final class FrameFuzz {

    private static final Worlds<TestCarillon> WORLDS = new Worlds<>(world -> world);

    private FrameFuzz() {}

    /** Sends the input as one frame. */
    public static void fuzzerTestOneInput(byte[] input) {
        String frame = new String(input, StandardCharsets.UTF_8);
        TestCarillon world = WORLDS.next();
        // Other frames that come first are waited with until the connect command arrives, which takes its time.
        if (beginsWithConnect(frame)) {
            send(world.open(), frame);
        }
        send(world.connectAnonymously(), frame);
    }

    private static boolean beginsWithConnect(String frame) {
        List<Command> commands = CommandReader.leading(frame).commands();
        return !commands.isEmpty() && commands.getFirst().request() instanceof Request.Connect;
    }

    private static void send(TestClient client, String frame) {
        client.sends(frame);
        for (String message : client.frames()) {
            check(message);
        }
    }

    private static void check(String message) {
        if (Framing.utf8Length(message) > Framing.MAX_MESSAGE) {
            throw new IllegalStateException("A message is larger than API Gateway carries");
        }
        for (String line : message.split("\n")) {
            try {
                Json.read(line, JsonNode.class);
            } catch (MalformedJson e) {
                throw new IllegalStateException("A client cannot read this: " + line, e);
            }
        }
    }
}
