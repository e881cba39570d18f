package io.carillon.delivery;

import io.carillon.events.Position;
import io.carillon.events.Push;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The subscribers of a shard during one delivery: their rows, and what each is going to be sent.
 *
 * <p>Who is let in gets its row before anything is posted, so that presence knows it when it is answered. All else is
 * written after the posts: until then a failed delivery can be repeated as it was, farewells included.
 */
final class Roster {

    private final Subscribers rows;
    private final Away away;
    private final SideBySide sideBySide;
    private final Announcer announcer;
    private final Lines lines;
    private final String channel;
    private final int shard;
    private final Position delivered;
    private final Optional<List<Subscriber>> remembered;
    private volatile boolean changed;
    private Optional<Map<String, Member>> loaded = Optional.empty();

    /**
     * Starts for a mailbox that has been delivered up to a position.
     *
     * @param remembered the rows as they stand, if they are known without reading them
     */
    Roster(
            Deliverer.Context context,
            Announcer announcer,
            Lines lines,
            String channel,
            int shard,
            Position delivered,
            Optional<List<Subscriber>> remembered) {
        this.rows = context.subscribers();
        this.away = context.away();
        this.sideBySide = context.sideBySide();
        this.announcer = announcer;
        this.lines = lines;
        this.channel = channel;
        this.shard = shard;
        this.delivered = delivered;
        this.remembered = remembered;
    }

    private Map<String, Member> members() {
        return loaded.orElseGet(() -> {
            Map<String, Member> members = new LinkedHashMap<>();
            remembered
                    .orElseGet(() -> rows.in(channel, shard))
                    .forEach(row -> members.put(row.connection(), Member.present(row, delivered)));
            loaded = Optional.of(members);
            return members;
        });
    }

    /** Reads the rows, if that has not been done yet. */
    void load() {
        members();
    }

    boolean isLoaded() {
        return loaded.isPresent();
    }

    /** Whether a row has been written or removed, or may have been. */
    boolean hasChanged() {
        return changed;
    }

    /** The rows as they stand after a finished delivery; empty if they are not known. */
    Optional<List<Subscriber>> rows() {
        return loaded.map(members -> members.values().stream()
                        .flatMap(member -> member.row().stream())
                        .toList())
                .or(() -> remembered);
    }

    int size() {
        return (int) members().values().stream().filter(Member::isSubscribed).count();
    }

    /** Finds a subscriber. */
    Optional<Member> find(String connection) {
        return Optional.ofNullable(members().get(connection)).filter(Member::isSubscribed);
    }

    /** Lists all who may have something coming, those who have left included. */
    List<Member> recipients() {
        return List.copyOf(members().values());
    }

    private Member member(String connection) {
        return members().computeIfAbsent(connection, Member::stranger);
    }

    /**
     * Adds a subscriber, or brings it up to date.
     *
     * @param command the command that is answered; 0 for none
     * @param answer what it is sent first
     */
    void admit(Subscriber row, long command, List<String> answer) {
        Member member = member(row.connection());
        Optional<Subscriber> known = member.row();
        boolean isRepeated = known.isPresent() && known.get().revision() == row.revision();
        if (known.isPresent() && !isRepeated) {
            // A client that subscribes again drops what comes before the answer, and the answer makes up for it.
            member.skip(lines.size());
        }
        member.resume(row, command, answer, lines.size());
        if (row.options().emitJoinLeave() && (known.isEmpty() || isRepeated)) {
            announcer.announce(new Push.Join(row.info()), row);
        }
    }

    /** Removes a subscriber after some last lines of its own. */
    void dismiss(Member member, List<String> farewell) {
        Subscriber row = member.row().orElseThrow();
        member.dismiss(farewell, lines.size());
        announceLeave(row);
    }

    /** Removes a subscriber whose connection has ended. */
    void forget(Member member) {
        Subscriber row = member.row().orElseThrow();
        member.silence();
        announceLeave(row);
    }

    private void announceLeave(Subscriber row) {
        if (row.options().emitJoinLeave()) {
            announcer.announce(new Push.Leave(row.info()), row);
        }
    }

    /** Sends lines to somebody, subscribed or not. */
    void tell(String connection, List<String> own) {
        member(connection).tell(own, lines.size());
    }

    /** Tells all who are subscribed to come back. */
    void sendAllAway() {
        List<Member> listening =
                members().values().stream().filter(Member::isListening).toList();
        sideBySide.each(
                listening, member -> away.allowReturn(channel, member.row().orElseThrow()));
        listening.forEach(member ->
                member.sendAway(List.of(Away.push(channel, member.row().orElseThrow())), lines.size()));
    }

    /** Notes that a subscriber is sent nothing until it comes back; others may be noted at the same time. */
    void noteAway(Member member) {
        member.goAway();
        write(member);
    }

    /** Writes the rows of those who were let in; must come before their answers are posted. */
    void writeArrivals() {
        sideBySide.each(
                members().values().stream()
                        .filter(member -> member.isListening() && member.isUnwritten())
                        .toList(),
                this::write);
    }

    /** Writes who has left, was sent away or answered; must come after they have been told. */
    void writeDepartures() {
        members().values().forEach(Member::noteAnswered);
        sideBySide.each(members().values().stream().filter(Member::isUnwritten).toList(), this::write);
    }

    private void write(Member member) {
        changed = true;
        member.row()
                .ifPresentOrElse(
                        row -> rows.put(channel, shard, row), () -> rows.remove(channel, shard, member.connection()));
        member.noteWritten();
    }
}
