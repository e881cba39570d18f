package io.carillon.local.load;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A promise that was not kept.
 *
 * @param channel empty when the whole connection is concerned
 * @param offset 0 when no single publication is concerned
 * @param client empty when no single client is concerned
 * @param at the moment at which it showed, in nanoseconds from the start of the run
 */
record Breach(Kind kind, String channel, long offset, String client, long at, String detail) {

    /** What the server promises. */
    enum Promise {
        ORDER("Order"),
        NOTHING_LOST("Nothing lost"),
        ONCE("Once"),
        READ_YOUR_WRITE("Read your own write"),
        UNCHANGED("Unchanged"),
        PRESENCE("Presence");

        private final String label;

        Promise(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }

        List<Kind> kinds() {
            return Arrays.stream(Kind.values())
                    .filter(kind -> kind.promise() == this)
                    .toList();
        }
    }

    /** The ways in which a promise can be broken. */
    enum Kind {
        OUT_OF_ORDER(Promise.ORDER, "out of order", "a publication came after a later one"),
        DOUBLE_OFFSET(Promise.ORDER, "double offsets", "two publications were given the same offset"),
        LOST(Promise.NOTHING_LOST, "lost", "a publication never came"),
        PART_RECOVERY(Promise.NOTHING_LOST, "part recoveries", "a recovery said to be whole left this out"),
        UNRECOVERED(Promise.NOTHING_LOST, "unrecovered", "the server did not recover what its window covers"),
        NEW_EPOCH(Promise.NOTHING_LOST, "new epochs", "the log was begun anew during the run"),
        NOT_BACK(Promise.NOTHING_LOST, "not back", "the client was not connected and subscribed at the end"),
        REPEATED(Promise.ONCE, "repeated", "a publication came twice"),
        UNBOUNDED_REPEAT(Promise.ONCE, "unbounded repeats", "a repeat reached back further than one delivery"),
        TWICE(Promise.ONCE, "published twice", "one publish call, tried again, has two offsets"),
        NOT_IN_HISTORY(
                Promise.READ_YOUR_WRITE, "not in history", "a publish call was answered before it could be read"),
        CORRUPTED(Promise.UNCHANGED, "corrupted", "the data is not what was published at this offset"),
        UNKNOWN(Promise.UNCHANGED, "unknown", "nobody published this"),
        STRAY(Promise.UNCHANGED, "strays", "a publication came while the client was not subscribed"),
        PRESENCE(Promise.PRESENCE, "presence wrong", "presence is not who was subscribed");

        private final Promise promise;
        private final String label;
        private final String meaning;

        Kind(Promise promise, String label, String meaning) {
            this.promise = promise;
            this.label = label;
            this.meaning = meaning;
        }

        Promise promise() {
            return promise;
        }

        String label() {
            return label;
        }

        String meaning() {
            return meaning;
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "%8.3f s  %s: %s", at / 1e9, kind.label(), kind.meaning()));
        text.append(channel.isEmpty() ? "" : ", channel " + channel);
        text.append(offset == 0 ? "" : ", offset " + offset);
        text.append(client.isEmpty() ? "" : ", client " + client);
        return text.append(detail.isEmpty() ? "" : " (" + detail + ")").toString();
    }
}
