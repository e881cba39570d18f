package io.carillon.local.load;

import io.carillon.events.Json;
import io.carillon.events.Position;
import java.util.Optional;

/**
 * A client's subscription to one channel, with the position that a return starts from. Moves as centrifuge-js has it:
 * to the reply's position, then to each publication's offset. Not for use by several threads.
 */
final class Membership {

    /** Where the subscription stands. */
    enum State {
        SUBSCRIBING,
        SUBSCRIBED,
        /** The client left it, and may come back. */
        LEFT,
        /** For good: the server said so. */
        ENDED
    }

    /** An epoch that no log has, so that a state that was invalidated is not recovered. */
    private static final Position INVALID = new Position(0, "_");

    private final String channel;
    private final Backoff backoff;
    private final boolean recovers;
    private long reached;
    private Optional<Position> position = Optional.empty();
    private State state = State.SUBSCRIBING;

    /** {@code recovers} if a return asks for what was missed. */
    Membership(String channel, Backoff backoff, boolean recovers) {
        this.recovers = recovers;
        this.channel = channel;
        this.backoff = backoff;
    }

    String channel() {
        return channel;
    }

    State state() {
        return state;
    }

    Backoff backoff() {
        return backoff;
    }

    /** Whether it is subscribed and has seen everything up to an offset. */
    boolean hasReached(long offset) {
        return state == State.SUBSCRIBED && reached >= offset;
    }

    boolean isRecovering() {
        return position.isPresent();
    }

    /** Words the command that begins or resumes the subscription. */
    String command(long id) {
        StringBuilder command =
                new StringBuilder("{\"id\":" + id + ",\"subscribe\":{\"channel\":" + Json.write(channel));
        position.ifPresent(from -> command.append(",\"recover\":true,\"offset\":")
                .append(from.offset())
                .append(",\"epoch\":")
                .append(Json.write(from.epoch())));
        return command.append("}}").toString();
    }

    void subscribed(boolean recoverable, Position at) {
        state = State.SUBSCRIBED;
        backoff.reset();
        reached = Math.max(reached, at.offset());
        if (recoverable && recovers) {
            position = Optional.of(at);
        }
    }

    void moved(long offset) {
        reached = Math.max(reached, offset);
        position = position.map(at -> at.at(offset));
    }

    void interrupted() {
        if (state == State.SUBSCRIBED) {
            state = State.SUBSCRIBING;
        }
    }

    void left() {
        state = State.LEFT;
    }

    void returning() {
        state = State.SUBSCRIBING;
    }

    void invalidated() {
        position = recovers ? Optional.of(INVALID) : Optional.empty();
    }

    void ended() {
        state = State.ENDED;
    }
}
