package io.carillon.delivery;

import io.carillon.config.ChannelOptions;
import io.carillon.connection.Connection;
import io.carillon.connection.Entry;
import io.carillon.delivery.Deliverer.Context;
import io.carillon.delivery.Mailboxes.Letter;
import io.carillon.events.Mail;
import io.carillon.events.Request.Recover;
import java.util.Optional;
import java.util.Set;

/** Lets subscribers into a shard: checks that they still want to, finds them room, and answers them. */
final class Admission {

    private final Context context;
    private final Delivery delivery;
    private final Roster roster;
    private final ChannelOptions options;

    Admission(Context context, Delivery delivery, Roster roster, ChannelOptions options) {
        this.context = context;
        this.delivery = delivery;
        this.roster = roster;
        this.options = options;
    }

    void subscribe(Mail.Subscribe mail) {
        Optional<Connection> found = context.connections().find(mail.connection());
        Optional<Entry> entry = found.flatMap(connection -> connection.subscription(mail.channel()));
        if (entry.isEmpty()
                || entry.get().revision() != mail.revision()
                || entry.get().state() != Entry.State.ACTIVE) {
            // The connection is gone, or has asked for something else since.
            return;
        }
        if (roster.size() >= context.shardSize()
                && roster.find(mail.connection()).isEmpty()) {
            forward(mail, found.get(), entry.get());
            return;
        }
        if (!delivery.isOpen()) {
            delivery.open();
        }
        if (sawMoreThanDelivered(mail.recover())) {
            delivery.catchUp(
                    Math.min(mail.recover().offset(), delivery.readLog().offset()));
        }
        SubscribeReply replies = new SubscribeReply(context.recovery(), mail.channel(), options, context.clock());
        SubscribeReply.Answer answer = replies.to(mail, delivery.delivered());
        if (answer.refused()) {
            swap(mail, found.get(), entry.get(), entry.get().to(Entry.State.LEFT));
            roster.find(mail.connection())
                    .ifPresentOrElse(
                            member -> roster.dismiss(member, answer.lines()),
                            () -> roster.tell(row(mail), answer.lines()));
        } else {
            roster.admit(row(mail), answer.lines());
        }
    }

    private Subscriber row(Mail.Subscribe mail) {
        long expireAt = context.clock().millis() / 1000 + Subscriber.LIFETIME.toSeconds();
        return new Subscriber(mail.connection(), mail.revision(), mail.info(), mail.options(), false, expireAt);
    }

    /** Whoever saw more than this mailbox has delivered was in another shard before. */
    private boolean sawMoreThanDelivered(Recover recover) {
        String epoch = delivery.delivered().epoch();
        return recover.recover()
                && options.hasHistory()
                && recover.offset() > delivery.delivered().offset()
                && (recover.epoch().isEmpty() || recover.epoch().equals(epoch));
    }

    /** Passes a subscriber on: to the newest shard, or from there to one that does not exist yet. */
    private void forward(Mail.Subscribe mail, Connection connection, Entry entry) {
        int here = delivery.shard();
        int newest = delivery.readLog().shards() - 1;
        int target = here < newest ? newest : here + 1;
        if (swap(mail, connection, entry, entry.movedTo(target))) {
            delivery.send(new Letter(mail.to(target), mail.connection() + ":" + mail.revision() + ":" + here));
        }
    }

    private boolean swap(Mail.Subscribe mail, Connection connection, Entry before, Entry after) {
        return context.connections().swap(connection.id(), mail.channel(), Optional.of(before), after, Set.of());
    }
}
