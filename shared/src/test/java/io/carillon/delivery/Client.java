package io.carillon.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.channel.LogRecord;
import io.carillon.connection.Entry;
import io.carillon.events.Json;
import io.carillon.events.Request.Recover;
import io.carillon.session.Subscriptions.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A client library as far as one subscription goes: keeps its position, comes back after a loss, and notes every breach
 * of what it was promised.
 */
final class Client {

    /** Where the subscription stands, as the library sees it. */
    enum State {
        UNSUBSCRIBED,
        SUBSCRIBING,
        SUBSCRIBED
    }

    private final World world;
    private final String name;
    private final List<String> trace;
    private final List<String> breaches = new ArrayList<>();
    private final Set<Long> repeatable = new HashSet<>();
    private State state = State.UNSUBSCRIBED;
    private String connection = "";
    private int connections;
    private int read;
    private long position;
    private String epoch = "";
    private boolean wasSubscribed;
    private boolean sentAway;

    /** After it has unsubscribed, what is under way in its mailbox trails in until it is answered again. */
    private boolean trailing;

    Client(World world, String name, List<String> trace) {
        this.world = world;
        this.name = name;
        this.trace = trace;
    }

    State state() {
        return state;
    }

    String connection() {
        return connection;
    }

    boolean isConnected() {
        return !connection.isEmpty();
    }

    List<String> breaches() {
        return breaches;
    }

    /** Opens a connection; a subscription that was not ended goes on in it. */
    void connect() {
        connections++;
        connection = name + "-" + connections;
        read = 0;
        trailing = false;
        sentAway = false;
        world.connect(connection);
        note("connects as " + connection);
        if (state != State.UNSUBSCRIBED) {
            subscribe();
        }
    }

    /** Loses its connection. */
    void disconnect() {
        note("disconnects");
        connection = "";
        state = state == State.SUBSCRIBED ? State.SUBSCRIBING : state;
    }

    void subscribe() {
        state = State.SUBSCRIBING;
        Recover recover = wasSubscribed ? new Recover(true, position, epoch) : Recover.NO;
        Outcome outcome = world.subscribe(connection, World.RECOVERABLE, recover);
        note("subscribes " + recover + ": " + outcome);
        if (outcome != Outcome.STARTED && outcome != Outcome.GONE) {
            breach("could not subscribe: " + outcome);
        }
    }

    void unsubscribe() {
        state = State.UNSUBSCRIBED;
        wasSubscribed = false;
        trailing = true;
        world.unsubscribe(connection);
        note("unsubscribes");
    }

    /**
     * Reads what has come.
     *
     * @param repeating whether it comes from a delivery that failed, or from its repetition
     */
    void read(boolean repeating) {
        if (!isConnected()) {
            return;
        }
        List<String> lines = world.poster.lines(connection);
        for (String line : lines.subList(read, lines.size())) {
            note((repeating ? "reads again " : "reads ") + Seen.of(line));
            handle(Json.read(line, JsonNode.class), repeating);
        }
        read = lines.size();
        if (world.poster.closed().contains(connection)) {
            disconnect();
        } else if (state == State.SUBSCRIBING && sentAway) {
            sentAway = false;
            subscribe();
        }
    }

    private void handle(JsonNode line, boolean repeating) {
        if (line.has("error")) {
            breach("was refused");
        } else if (line.has("subscribe")) {
            reply(line.path("id").asLong(), line.path("subscribe"), repeating);
        } else if (line.path("push").has("unsubscribe")) {
            unsubscribed(line.path("push").path("unsubscribe").path("code").asInt(), repeating);
        } else if (state == State.SUBSCRIBED) {
            publication(line.path("push").path("pub"), repeating);
        } else if (repeating) {
            repeatable.add(line.path("push").path("pub").path("offset").asLong());
        } else if (state == State.SUBSCRIBING && !sentAway && !trailing) {
            breach("got a publication before its reply");
        }
    }

    private void reply(long id, JsonNode reply, boolean repeating) {
        if (state != State.SUBSCRIBING || id != world.lastCommand(connection)) {
            return;
        }
        boolean isRecovered = reply.path("recovered").asBoolean();
        long offset = reply.path("offset").asLong();
        boolean isRecoverable = wasSubscribed
                && reply.path("epoch").asText().equals(epoch)
                && offset - position <= World.RECOVERY_LIMIT;
        if (isRecoverable && !isRecovered) {
            breach("was not recovered from " + position + " to " + offset);
        }
        if (isRecovered && offset != position) {
            breach("was recovered from " + offset + " instead of " + position);
        }
        state = State.SUBSCRIBED;
        trailing = false;
        wasSubscribed = true;
        epoch = reply.path("epoch").asText();
        position = offset;
        reply.path("publications").forEach(publication -> publication(publication, repeating));
    }

    private void unsubscribed(int code, boolean repeating) {
        if (code < 2500) {
            state = State.UNSUBSCRIBED;
            wasSubscribed = false;
        } else if (state == State.SUBSCRIBED) {
            state = State.SUBSCRIBING;
            sentAway = true;
            // A delivery that failed may not have noted that it was told.
            trailing |= repeating;
        }
    }

    private void publication(JsonNode publication, boolean repeating) {
        long offset = publication.path("offset").asLong();
        if (offset <= position) {
            if (!repeating || !repeatable.contains(offset)) {
                breach("got " + offset + " again at " + position);
            }
            return;
        }
        List<LogRecord> between = world.log.read(World.CHANNEL, epoch, position + 1, offset - 1);
        boolean isGap = between.size() < offset - position - 1
                || !between.stream().allMatch(LogRecord.Tombstone.class::isInstance);
        if (isGap) {
            breach("got " + offset + " after " + position);
        }
        position = offset;
        if (repeating) {
            repeatable.add(offset);
        }
    }

    /** Checks what must be true when nothing is under way any more. */
    void checkAtRest(long top) {
        boolean isActive = isConnected()
                && world.entry(connection)
                        .filter(entry -> entry.state() != Entry.State.LEFT)
                        .isPresent();
        boolean hasRow = isConnected() && world.rows(connection) == 1;
        if (isConnected() && world.rows(connection) > 1) {
            breach("is in several shards");
        }
        switch (state) {
            case SUBSCRIBED -> {
                if (!isActive || !hasRow) {
                    breach("is subscribed, but its entry is active: " + isActive + ", and it has a row: " + hasRow);
                }
                if (position != top) {
                    breach("stopped at " + position + " of " + top);
                }
            }
            case SUBSCRIBING -> {
                if (isConnected()) {
                    breach("was never answered");
                }
            }
            case UNSUBSCRIBED -> {
                if (isActive || hasRow) {
                    breach("is not subscribed, but its entry is active: " + isActive + ", or it has a row: " + hasRow);
                }
            }
            default -> throw new IllegalStateException();
        }
    }

    private void note(String event) {
        trace.add("  " + name + " " + event);
    }

    private void breach(String what) {
        breaches.add(name + " " + what);
        note("BREACH: " + what);
    }
}
