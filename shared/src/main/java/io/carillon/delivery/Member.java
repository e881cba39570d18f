package io.carillon.delivery;

import io.carillon.events.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One connection during one delivery: its row as it was and as it shall be, and what it is going to be sent, which is
 * stretches of the shared lines and lines of its own.
 */
final class Member {

    /** Either lines of its own, or a stretch of the shared ones. */
    sealed interface Part {
        record Own(List<String> lines) implements Part {}

        /** {@code joinLeave} says whether joins and leaves are wanted too. */
        record Shared(int from, int to, boolean joinLeave) implements Part {}
    }

    private final String connection;
    private final List<Part> parts = new ArrayList<>(1);
    private Optional<Subscriber> written;
    private Optional<Subscriber> row;
    private int from;
    private long answered;
    private boolean listening;

    private Member(String connection, Optional<Subscriber> row, boolean listening) {
        this.connection = connection;
        this.written = row;
        this.row = row;
        this.listening = listening;
    }

    /** A subscriber that was there before this delivery, which goes on from {@code delivered}. */
    static Member present(Subscriber row, Position delivered) {
        return new Member(row.connection(), Optional.of(row), row.hears(delivered));
    }

    /** Somebody who is not subscribed, or not yet. */
    static Member stranger(String connection) {
        return new Member(connection, Optional.empty(), false);
    }

    String connection() {
        return connection;
    }

    /** Whether the row as it stands is not as it shall be. */
    boolean isUnwritten() {
        return !row.equals(written);
    }

    /** Notes that the row stands as it shall be. */
    void noteWritten() {
        written = row;
    }

    /** The row as it shall be; empty if there shall be none. */
    Optional<Subscriber> row() {
        return row;
    }

    boolean isSubscribed() {
        return row.isPresent();
    }

    boolean isListening() {
        return listening;
    }

    /** Whether lines of its own are among what it is sent, such as the reply to its subscribe command. */
    boolean hasOwnLines() {
        return parts.stream().anyMatch(Part.Own.class::isInstance);
    }

    /** The subscribe command that its own lines answer; 0 for none. */
    long answered() {
        return answered;
    }

    /** Drops what was to be sent so far: the client would take it for a part of what comes next. */
    void skip(int now) {
        parts.clear();
        from = now;
    }

    /** Replaces the row and adds its own lines, which answer a command; from here on it hears what is shared. */
    void resume(Subscriber admitted, long command, List<String> own, int now) {
        interrupt(own, now);
        row = Optional.of(admitted);
        answered = command;
        listening = true;
    }

    /** Adds its own lines, the last it hears as a subscriber. */
    void dismiss(List<String> own, int now) {
        interrupt(own, now);
        row = Optional.empty();
        listening = false;
    }

    /** Adds its own lines; from here on it hears nothing until it has subscribed again. */
    void sendAway(List<String> own, int now) {
        interrupt(own, now);
        goAway();
    }

    /** Notes that it was told to subscribe again. */
    void goAway() {
        row = row.map(Subscriber::goneAway);
        listening = false;
    }

    /** Notes that its answer has been posted. */
    void noteAnswered() {
        row = row.map(known -> known.arriving() ? known.answered() : known);
    }

    /** Drops the row and all that was to be sent: there is nobody left to receive it. */
    void silence() {
        parts.clear();
        row = Optional.empty();
        listening = false;
    }

    /** Adds lines of its own, without a change. */
    void tell(List<String> own, int now) {
        interrupt(own, now);
    }

    private void interrupt(List<String> own, int now) {
        if (listening && from < now) {
            parts.add(shared(now));
        }
        if (!own.isEmpty()) {
            parts.add(new Part.Own(own));
        }
        from = now;
    }

    private Part shared(int now) {
        return new Part.Shared(from, now, row.orElseThrow().options().pushJoinLeave());
    }

    /** Lists what is to be sent, up to the shared line {@code now}. */
    List<Part> parts(int now) {
        if (!listening || from >= now) {
            return parts;
        }
        List<Part> all = new ArrayList<>(parts);
        all.add(shared(now));
        return all;
    }
}
