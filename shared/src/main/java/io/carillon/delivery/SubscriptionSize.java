package io.carillon.delivery;

import io.carillon.events.ClientInfo;
import io.carillon.events.Framing;
import io.carillon.events.RawJson;

/** Says what a subscription may bring with it. */
public final class SubscriptionSize {

    /** Room that the fields of a reply or push take beside what it carries. */
    static final int ENVELOPE = 8 * 1024;

    private SubscriptionSize() {}

    /**
     * Says whether a message can hold a subscription's data, which its client gets, and its info, which others get.
     * Nobody may hold up a mailbox with what API Gateway does not pass on.
     */
    public static boolean fits(ClientInfo info, RawJson data) {
        int infos = Framing.utf8Length(info.connInfo().text())
                + Framing.utf8Length(info.chanInfo().text());
        int room = Framing.MAX_MESSAGE - ENVELOPE;
        return infos <= room && Framing.utf8Length(data.text()) <= room;
    }
}
