package io.carillon.delivery;

import java.util.ArrayList;
import java.util.List;

/** What one subscriber is going to be sent in one delivery: stretches of the shared lines, and lines of its own. */
final class Member {

    /** Either lines of its own, or a stretch of the shared ones. */
    sealed interface Part {
        record Own(List<String> lines) implements Part {}

        record Shared(int from, int to) implements Part {}
    }

    private final List<Part> parts = new ArrayList<>(1);
    private Subscriber subscriber;
    private int from;
    private boolean listening;

    private Member(Subscriber subscriber, int from, boolean listening) {
        this.subscriber = subscriber;
        this.from = from;
        this.listening = listening;
    }

    /** A subscriber that was there before this delivery. */
    static Member present(Subscriber subscriber) {
        return new Member(subscriber, 0, !subscriber.away());
    }

    /** Somebody who is not subscribed, or not yet. */
    static Member stranger(Subscriber subscriber) {
        return new Member(subscriber, 0, false);
    }

    Subscriber subscriber() {
        return subscriber;
    }

    String connection() {
        return subscriber.connection();
    }

    boolean isListening() {
        return listening;
    }

    /** Whether lines of its own are among what it is sent, such as the reply to its subscribe command. */
    boolean hasOwnLines() {
        return parts.stream().anyMatch(Part.Own.class::isInstance);
    }

    /** Replaces the row and adds its own lines; from here on it hears what is shared. */
    void resume(Subscriber row, List<String> own, int now) {
        interrupt(own, now);
        subscriber = row;
        listening = true;
    }

    /** Adds its own lines; from here on it hears nothing that is shared. */
    void stop(Subscriber row, List<String> own, int now) {
        interrupt(own, now);
        subscriber = row;
        listening = false;
    }

    /** Drops all that was to be sent: there is nobody left to receive it. */
    void silence() {
        parts.clear();
        listening = false;
    }

    private void interrupt(List<String> own, int now) {
        if (listening && from < now) {
            parts.add(new Part.Shared(from, now));
        }
        if (!own.isEmpty()) {
            parts.add(new Part.Own(own));
        }
        from = now;
    }

    /** Lists what is to be sent, up to the shared line {@code now}. */
    List<Part> parts(int now) {
        if (!listening || from >= now) {
            return parts;
        }
        List<Part> all = new ArrayList<>(parts);
        all.add(new Part.Shared(from, now));
        return all;
    }
}
