package io.carillon.local.load;

import io.carillon.local.load.Values.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One thing that a scenario says: a key of its file, and an option of {@code ./carillon load} of the same name with
 * dashes for underscores.
 */
public enum Setting {
    CLIENTS(Values.whole(1, 1_000_000), 200L, "Clients to connect, each with its own user."),
    CHANNELS(Values.whole(1, 1_000_000), 20L, "Channels."),
    SUBSCRIPTIONS(Values.whole(1, 1_000), 2L, "Channels that each client subscribes to."),
    PUBLICATIONS(Values.whole(0, 1_000_000_000), 20_000L, "Publications in all; 0 for as many as fit into SECONDS."),
    SECONDS(Values.decimal(0, 86_400), 0.0, "How long to publish; 0 for as long as PUBLICATIONS take."),
    RATE(Values.decimal(0, 1_000_000), 0.0, "Publications per second; 0 for as many as the publishers manage."),
    PUBLISHERS(Values.whole(1, 10_000), 16L, "Publications under way at the same time."),
    PUBLISH_ATTEMPTS(Values.whole(1, 100), 1L, "Calls for a publication, with an idempotency key if more than 1."),
    PAYLOAD(Values.range(64, 100_000), new Values.Range(200, 200), "Bytes of each publication's data, or FROM..TO."),
    DISCONNECTS(Values.decimal(0, 10_000), 3.0, "How often each client's connection is cut, on average."),
    STORMS(Values.whole(0, 1_000), 0L, "How often all connections are cut at the same moment."),
    CHURN(Values.decimal(0, 10_000), 0.0, "How often each client leaves a channel and comes back, on average."),
    GROWTH(Values.decimal(0, 1), 0.0, "Share of the clients that connect only while others publish, 0 to 1."),
    RECOVERY(Values.flag(), true, "Whether returning clients ask for what they missed."),
    TRANSPORT(
            Values.oneOf(Transport.WEBSOCKET.text(), Transport.LONG_POLL.text(), Transport.MIXED),
            Transport.WEBSOCKET.text(),
            "What clients connect by: websocket, long-poll, or mixed for some of each."),
    NAMESPACE(Values.text("[A-Za-z0-9_.-]*"), "load", "Namespace of the channels."),
    SEED(Values.whole(Long.MIN_VALUE, Long.MAX_VALUE), 1L, "Decides payloads, and who is cut or leaves when."),
    PRESENCE(Values.flag(), true, "Whether to compare presence with who is subscribed."),
    READ_BACK(Values.decimal(0, 1), 0.05, "Share of publications looked up in the history once accepted, 0 to 1."),
    REPEATS(Values.whole(0, 1_000), 0L, "How far back a repeat may reach; 0 for not at all, or 60 with faults."),
    PATIENCE(Values.decimal(0.1, 3_600), 45.0, "Seconds without any event after which nothing more is awaited."),
    SLOW(Values.whole(0, 1_000_000), 0L, "Clients that stop reading in the last third of the publishing."),
    DEAD(Values.whole(0, 1_000_000), 0L, "Clients that are gone in the last third, without anybody being told."),
    FAULTS(Values.texts(), List.of(), "Faults while publishing, each NAME key=value ...; the option may be repeated.");

    private final Kind kind;
    private final Object otherwise;
    private final String meaning;

    Setting(Kind kind, Object otherwise, String meaning) {
        this.kind = kind;
        this.otherwise = otherwise;
        this.meaning = meaning;
    }

    /** Gives the key in a file, such as {@code publish_attempts}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Gives the option on the command line, such as {@code --publish-attempts}. */
    public String option() {
        return "--" + key().replace('_', '-');
    }

    /** Says what it decides, in a sentence. */
    public String meaning() {
        return meaning;
    }

    /** Gives what is taken when nobody says otherwise. */
    public Object otherwise() {
        return otherwise;
    }

    static Setting named(String key) {
        Optional<Setting> found =
                Arrays.stream(values()).filter(one -> one.key().equals(key)).findFirst();
        return found.orElseThrow(() -> new IllegalArgumentException("unknown key '" + key + "': the keys are "
                + Arrays.stream(values()).map(Setting::key).collect(Collectors.joining(", "))));
    }

    /** Reads a value, which may be a text or already a number. */
    Object read(Object value) {
        return kind.read(value)
                .orElseThrow(() ->
                        new IllegalArgumentException(key() + " must be " + kind.allowed() + ", not '" + value + "'"));
    }
}
