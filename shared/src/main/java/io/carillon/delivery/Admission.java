package io.carillon.delivery;

import io.carillon.config.ChannelOptions;
import io.carillon.connection.Entry;
import io.carillon.delivery.Deliverer.Context;
import io.carillon.delivery.Mailboxes.Letter;
import io.carillon.events.Disconnect;
import io.carillon.events.FrameWriter;
import io.carillon.events.Mail;
import io.carillon.events.Position;
import io.carillon.events.Request.Recover;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets subscribers into a shard: checks that they still want to, finds them room, and answers them. */
final class Admission {

    private final Context context;
    private final Delivery delivery;
    private final Roster roster;
    private final ChannelOptions options;
    private final Map<String, Optional<Entry>> known = new HashMap<>();

    Admission(Context context, Delivery delivery, Roster roster, ChannelOptions options) {
        this.context = context;
        this.delivery = delivery;
        this.roster = roster;
        this.options = options;
    }

    /** Reads the rows of a batch's subscribers in one call, for when it is their turn. */
    void expect(List<Mail> batch) {
        List<Mail.Subscribe> subscribes = batch.stream()
                .filter(Mail.Subscribe.class::isInstance)
                .map(Mail.Subscribe.class::cast)
                .toList();
        if (subscribes.size() > 1) {
            List<String> ids =
                    subscribes.stream().map(Mail.Subscribe::connection).toList();
            Map<String, Entry> found =
                    context.entries().findAll(ids, subscribes.getFirst().channel());
            ids.forEach(id -> known.put(id, Optional.ofNullable(found.get(id))));
        }
    }

    /** What was read ahead counts once: a second command of the same connection is judged by the row as it then is. */
    private Optional<Entry> entry(Mail.Subscribe mail) {
        return known.containsKey(mail.connection())
                ? known.remove(mail.connection())
                : context.entries().find(mail.connection(), mail.channel());
    }

    void subscribe(Mail.Subscribe mail) {
        Optional<Entry> entry = entry(mail);
        if (entry.isEmpty()) {
            return;
        }
        if (isWanted(mail, entry.get())) {
            if (isLetIn(mail)) {
                return;
            }
            place(mail, entry.get().shard());
        } else if (entry.get().state() == Entry.State.LEFT) {
            settle(mail, entry.get());
        }
        // Otherwise the client has asked for something else since, and any answer would be taken for one to that.
    }

    /**
     * Whether this asks again for what has been done, as a backend does that was not told so, or a mailbox below that
     * passed it on once more. A delivery that failed is another thing: it has to be repeated, answers included.
     */
    private boolean isLetIn(Mail.Subscribe mail) {
        return roster.find(mail.connection())
                .filter(Member::isListening)
                .flatMap(Member::row)
                .filter(row -> row.revision() == mail.revision())
                .filter(row -> isBehind(row) || !delivery.isRepeated() && mail.command() == 0)
                .isPresent();
    }

    /**
     * Whether more was delivered between a subscriber's command and this one. The command of a delivery that failed comes
     * again in its own place, so this is a second one: answered, it would move the subscriber past what lies between, and
     * no client takes a second answer.
     */
    private boolean isBehind(Subscriber row) {
        Position now = delivery.delivered();
        return row.since().epoch().equals(now.epoch()) && row.since().offset() < now.offset();
    }

    /** A delivery that failed may have sent it away already, and not have told it. */
    private static boolean isWanted(Mail.Subscribe mail, Entry entry) {
        return entry.revision() == mail.revision() && entry.state() == Entry.State.ACTIVE
                || entry.revision() == mail.revision() + 1 && entry.state() == Entry.State.AWAY;
    }

    /** Finishes what a delivery that failed has begun: it may have let in who has left since, or refused it. */
    private void settle(Mail.Subscribe mail, Entry entry) {
        roster.find(mail.connection())
                .filter(member -> member.row().orElseThrow().revision() <= mail.revision())
                .ifPresent(member -> roster.dismiss(member, List.of()));
        boolean isWaiting = entry.revision() == mail.revision() + 1 && entry.command() == mail.command();
        SubscribeReply.Answer answer = answer(mail);
        if (isWaiting && answer.refused()) {
            roster.tell(mail.connection(), answer.lines());
        }
    }

    private void place(Mail.Subscribe mail, int shard) {
        if (shard != delivery.shard()) {
            // A delivery that failed had already passed it on; its letter may not have been sent.
            passOn(mail, shard);
        } else if (roster.size() >= context.shardSize()
                && roster.find(mail.connection()).isEmpty()) {
            forward(mail);
        } else {
            admit(mail);
        }
    }

    private void admit(Mail.Subscribe mail) {
        if (!delivery.isOpen() || roster.size() == 0) {
            // Also when it is said to be open: a delivery that closed it may have failed before it could note that.
            delivery.noteOccupied(row(mail));
            delivery.open();
        }
        Recover known = mail.answered().isPresent()
                ? new Recover(true, mail.answered().offset(), mail.answered().epoch())
                : mail.recover();
        if (sawMoreThanDelivered(known)) {
            delivery.catchUp(Math.min(known.offset(), delivery.readLog().offset()));
        }
        SubscribeReply.Answer answer = answer(mail);
        if (!answer.refused()) {
            roster.admit(row(mail), mail.command(), answer.lines());
        } else if (context.entries()
                .change(mail.connection(), mail.channel(), mail.revision(), entry -> entry.to(Entry.State.LEFT))) {
            roster.find(mail.connection()).ifPresent(member -> roster.dismiss(member, List.of()));
            roster.tell(mail.connection(), answer.lines());
        }
    }

    private SubscribeReply.Answer answer(Mail.Subscribe mail) {
        if (mail.answered().isPresent()) {
            // The connect reply has told where it stands; if that cannot be kept, the client connects anew.
            return delivery.since(mail.answered())
                    .map(lines -> new SubscribeReply.Answer(false, lines))
                    .orElse(new SubscribeReply.Answer(
                            true, List.of(FrameWriter.disconnect(Disconnect.INSUFFICIENT_STATE))));
        }
        return new SubscribeReply(context.recovery(), mail.channel(), options, context.clock(), context.metrics())
                .to(mail, delivery.delivered());
    }

    private Subscriber row(Mail.Subscribe mail) {
        long expireAt = context.clock().millis() / 1000 + Subscriber.LIFETIME.toSeconds();
        return new Subscriber(
                mail.connection(),
                mail.revision(),
                mail.info(),
                mail.options(),
                delivery.delivered(),
                false,
                !options.hasHistory(),
                expireAt);
    }

    /** Whoever saw more than this mailbox has delivered was in another shard before, or was told by the log. */
    private boolean sawMoreThanDelivered(Recover recover) {
        String epoch = delivery.delivered().epoch();
        return recover.recover()
                && options.hasHistory()
                && recover.offset() > delivery.delivered().offset()
                && (recover.epoch().isEmpty() || recover.epoch().equals(epoch));
    }

    /** Passes a subscriber on: to the newest shard, or from there to one that does not exist yet. */
    private void forward(Mail.Subscribe mail) {
        int here = delivery.shard();
        int newest = delivery.readLog().shards() - 1;
        int target = here < newest ? newest : here + 1;
        if (context.entries()
                .change(mail.connection(), mail.channel(), mail.revision(), entry -> entry.movedTo(target))) {
            passOn(mail, target);
        }
    }

    /** Each mailbox gets it once at most, since it only ever moves up. */
    private void passOn(Mail.Subscribe mail, int shard) {
        delivery.passOn(new Letter(mail.to(shard), mail.connection() + ":" + mail.revision()));
    }
}
