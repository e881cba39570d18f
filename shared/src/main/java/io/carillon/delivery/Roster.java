package io.carillon.delivery;

import io.carillon.events.Push;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The subscribers of a shard during one delivery: their rows, and what each is going to be sent. */
final class Roster {

    private final Subscribers rows;
    private final Away away;
    private final Announcer announcer;
    private final Lines lines;
    private final String channel;
    private final int shard;
    private final List<Member> departed = new ArrayList<>();
    private Optional<Map<String, Member>> loaded = Optional.empty();

    Roster(Subscribers rows, Away away, Announcer announcer, Lines lines, String channel, int shard) {
        this.rows = rows;
        this.away = away;
        this.announcer = announcer;
        this.lines = lines;
        this.channel = channel;
        this.shard = shard;
    }

    private Map<String, Member> members() {
        return loaded.orElseGet(() -> {
            Map<String, Member> members = new LinkedHashMap<>();
            rows.in(channel, shard).forEach(row -> members.put(row.connection(), Member.present(row)));
            loaded = Optional.of(members);
            return members;
        });
    }

    int size() {
        return members().size();
    }

    boolean isLoaded() {
        return loaded.isPresent();
    }

    Optional<Member> find(String connection) {
        return Optional.ofNullable(members().get(connection));
    }

    /** Lists all who may have something coming, those who have left included. */
    List<Member> recipients() {
        List<Member> recipients = new ArrayList<>(members().values());
        recipients.addAll(departed);
        return recipients;
    }

    /** Adds a subscriber, or brings it up to date; its row is written before it hears anything. */
    void admit(Subscriber row, List<String> answer) {
        rows.put(channel, shard, row);
        Member member = members().get(row.connection());
        if (member != null) {
            member.resume(row, answer, lines.size());
            return;
        }
        member = Member.stranger(row);
        member.resume(row, answer, lines.size());
        members().put(row.connection(), member);
        if (row.options().emitJoinLeave()) {
            announcer.announce(new Push.Join(row.info()), row.connection() + ":" + row.revision() + ":join");
        }
    }

    /** Removes a subscriber after some last lines of its own. */
    void dismiss(Member member, List<String> farewell) {
        member.stop(member.subscriber(), farewell, lines.size());
        departed.add(member);
        remove(member);
    }

    /** Removes a subscriber whose connection has ended. */
    void forget(Member member) {
        member.silence();
        remove(member);
    }

    /** Sends lines to somebody who is not subscribed. */
    void tell(Subscriber stranger, List<String> answer) {
        Member member = Member.stranger(stranger);
        member.stop(stranger, answer, lines.size());
        departed.add(member);
    }

    /** Tells all who are subscribed to come back. */
    void sendAllAway() {
        for (Member member : members().values()) {
            if (member.isListening()) {
                away.allowReturn(channel, member.subscriber());
                Subscriber row = member.subscriber().goneAway();
                rows.put(channel, shard, row);
                member.stop(row, List.of(Away.push(channel)), lines.size());
            }
        }
    }

    private void remove(Member member) {
        members().remove(member.connection());
        rows.remove(channel, shard, member.connection());
        Subscriber row = member.subscriber();
        if (row.options().emitJoinLeave()) {
            announcer.announce(new Push.Leave(row.info()), row.connection() + ":" + row.revision() + ":leave");
        }
    }
}
