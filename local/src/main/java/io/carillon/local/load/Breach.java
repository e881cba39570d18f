package io.carillon.local.load;

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

    /** The ways in which a promise can be broken. */
    enum Kind {
        LOST("lost", "a publication never came"),
        PART_RECOVERY("part recoveries", "a recovery said to be whole left this out"),
        REPEATED("repeated", "a publication came twice"),
        OUT_OF_ORDER("out of order", "a publication came after a later one"),
        CORRUPTED("corrupted", "the data is not what was published at this offset"),
        UNKNOWN("unknown", "nobody published this"),
        STRAY("strays", "a publication came while the client was not subscribed"),
        UNRECOVERED("unrecovered", "the server did not recover what its window covers"),
        DOUBLE_OFFSET("double offsets", "two publications were given the same offset"),
        NEW_EPOCH("new epochs", "the log was begun anew during the run"),
        NOT_BACK("not back", "the client was not connected and subscribed at the end"),
        PRESENCE("presence wrong", "presence is not who was subscribed at the end");

        private final String label;
        private final String meaning;

        Kind(String label, String meaning) {
            this.label = label;
            this.meaning = meaning;
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
