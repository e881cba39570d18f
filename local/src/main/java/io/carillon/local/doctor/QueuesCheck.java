package io.carillon.local.doctor;

import io.carillon.local.aws.FailedMails;
import java.util.List;

/** Looks for mails that could not be delivered. */
public final class QueuesCheck {

    private static final String ABOUT = "queues";

    /** More than a busy moment leaves. */
    private static final long MANY = 1000;

    private static final String PUSH = "push queue";

    private QueuesCheck() {}

    /** Looks at what is in the queue of mobile push. */
    public static List<Finding> lookAtPush(FailedMails.Depth depth) {
        Finding dead = depth.dead() == 0
                ? Finding.ok(PUSH, "its dead-letter queue is empty")
                : Finding.problem(
                        PUSH,
                        depth.dead() + " jobs could not be carried out and are in its dead-letter queue",
                        "find out why (docs/operations/alarms/push-dead-letters.md), then send them back with"
                                + " ./carillon redrive --push");
        Finding waiting = depth.mailbox() < MANY
                ? Finding.ok(PUSH, depth.mailbox() + " jobs wait or are being carried out")
                : Finding.warning(
                        PUSH,
                        depth.mailbox() + " jobs wait or are being carried out",
                        "see docs/operations/alarms/push-age.md if that does not pass");
        return List.of(dead, waiting);
    }

    /** Looks at what is in the queues. */
    public static List<Finding> look(FailedMails.Depth depth) {
        Finding dead = depth.dead() == 0
                ? Finding.ok(ABOUT, "the dead-letter queue is empty")
                : Finding.problem(
                        ABOUT,
                        depth.dead() + " mails could not be delivered and are in the dead-letter queue",
                        "find out why (docs/operations/alarms/dead-letters.md), then send them back with ./carillon redrive");
        Finding waiting = depth.mailbox() < MANY
                ? Finding.ok(ABOUT, depth.mailbox() + " mails wait or are being delivered")
                : Finding.warning(
                        ABOUT,
                        depth.mailbox() + " mails wait or are being delivered",
                        "see docs/operations/alarms/mailbox-age.md if that does not pass");
        return List.of(dead, waiting);
    }
}
