package io.carillon.local.load;

import io.carillon.local.faults.FaultPlan;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Says what a load run does. Immutable; made from {@link #DEFAULT} by setting what differs.
 *
 * @see Setting what can be said
 */
public final class Scenario {

    /** The scenario in which nothing was said. */
    public static final Scenario DEFAULT = new Scenario(Map.of());

    /**
     * How far back a repeat may reach with faults. One delivery carries ten letters and what lies between their offsets:
     * the letters of publications under way at the same time come in any order, and those that failed have none.
     */
    private static final long REPEATS_WITH_FAULTS = 60;

    private final Map<Setting, Object> said;

    private Scenario(Map<Setting, Object> said) {
        this.said = said;
    }

    /**
     * Sets one thing.
     *
     * @param value a number, a truth value, a text that reads as one, or a list of texts
     * @throws IllegalArgumentException if the setting does not take it, with what it takes
     */
    public Scenario with(Setting setting, Object value) {
        EnumMap<Setting, Object> all = new EnumMap<>(Setting.class);
        all.putAll(said);
        all.put(setting, setting.read(value));
        return new Scenario(all);
    }

    /**
     * Checks that the settings go together, and that the faults can be read: before anybody connects.
     *
     * @throws IllegalArgumentException if they do not, with the keys; or with what is allowed in a fault
     */
    public Scenario checked() {
        require(subscriptions() <= channels(), "subscriptions cannot be more than channels (" + channels() + ")");
        require(
                whole(Setting.PUBLICATIONS) > 0 || seconds() > 0,
                "publications or seconds must be more than 0: otherwise nothing is published");
        require(
                slow() + dead() < clients(),
                "slow and dead together must be less than clients (" + clients() + "): otherwise nobody is healthy");
        FaultPlan.of(faults(), seed());
        return this;
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalArgumentException(problem);
        }
    }

    private Object get(Setting setting) {
        return said.getOrDefault(setting, setting.otherwise());
    }

    private long whole(Setting setting) {
        return (long) get(setting);
    }

    double decimal(Setting setting) {
        return (double) get(setting);
    }

    boolean is(Setting setting) {
        return (boolean) get(setting);
    }

    public int clients() {
        return (int) whole(Setting.CLIENTS);
    }

    public int channels() {
        return (int) whole(Setting.CHANNELS);
    }

    /** How many channels each client subscribes to. */
    public int subscriptions() {
        return (int) whole(Setting.SUBSCRIPTIONS);
    }

    /** How many publications there are at most, spread evenly over the channels. */
    public int publications() {
        long limit = whole(Setting.PUBLICATIONS);
        return limit > 0 ? (int) limit : Integer.MAX_VALUE;
    }

    double seconds() {
        return decimal(Setting.SECONDS);
    }

    double rate() {
        return decimal(Setting.RATE);
    }

    int publishers() {
        return (int) whole(Setting.PUBLISHERS);
    }

    int publishAttempts() {
        return (int) whole(Setting.PUBLISH_ATTEMPTS);
    }

    int storms() {
        return (int) whole(Setting.STORMS);
    }

    /** How many clients stop reading in the last third of the publishing. */
    int slow() {
        return (int) whole(Setting.SLOW);
    }

    /** How many clients are gone in the last third of the publishing, without anybody being told. */
    int dead() {
        return (int) whole(Setting.DEAD);
    }

    /** Whether to look at presence; the dead are named in it until they are found to be. */
    boolean presence() {
        return is(Setting.PRESENCE) && dead() == 0;
    }

    Values.Range payload() {
        return (Values.Range) get(Setting.PAYLOAD);
    }

    /** Gives the size of one publication's data, the same each time. */
    int payload(int number) {
        Values.Range sizes = payload();
        return new SplittableRandom(seed() * 17 + number).nextInt(sizes.from(), sizes.to() + 1);
    }

    public long seed() {
        return whole(Setting.SEED);
    }

    /** Says what a client connects by; with some of each, which, by the seed. */
    Transport transport(int client) {
        String transport = (String) get(Setting.TRANSPORT);
        boolean polls = transport.equals(Transport.MIXED)
                ? new SplittableRandom(seed() * 13 + client).nextBoolean()
                : transport.equals(Transport.LONG_POLL.text());
        return polls ? Transport.LONG_POLL : Transport.WEBSOCKET;
    }

    String namespace() {
        return (String) get(Setting.NAMESPACE);
    }

    /** How many offsets back a repeat may reach. */
    long repeats() {
        long repeats = whole(Setting.REPEATS);
        return repeats == 0 && !faults().isEmpty() ? REPEATS_WITH_FAULTS : repeats;
    }

    /** Whether something must misbehave. */
    public boolean needsFaults() {
        return !faults().isEmpty() || slow() + dead() > 0;
    }

    @SuppressWarnings("unchecked")
    public List<String> faults() {
        return (List<String>) get(Setting.FAULTS);
    }

    /** How many of the clients connect before the first publication; the others while there are some. */
    int early() {
        return Math.max(1, (int) Math.round(clients() * (1 - decimal(Setting.GROWTH))));
    }

    /** Names a channel; {@code run} keeps the channels of two runs apart. */
    String channel(String run, int index) {
        return (namespace().isEmpty() ? "" : namespace() + ":") + run + "-" + index;
    }

    /** Lists the channels of a client. Every channel gets as many clients as every other, give or take one. */
    List<String> channelsOf(String run, int client) {
        List<String> names = new ArrayList<>(subscriptions());
        for (int i = 0; i < subscriptions(); i++) {
            names.add(channel(run, (int) (((long) client * subscriptions() + i) % channels())));
        }
        return names;
    }

    /** Gives every setting by its key, those that nobody set too. */
    Map<String, Object> all() {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Setting setting : Setting.values()) {
            Object value = get(setting);
            all.put(setting.key(), value instanceof Values.Range ? value.toString() : value);
        }
        return all;
    }

    /** Writes it as a scenario file, with what was set. */
    public String toYaml() {
        return said.entrySet().stream()
                .map(one -> one.getKey().key() + ": " + yaml(one.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private static String yaml(Object value) {
        return switch (value) {
            case List<?> list when list.isEmpty() -> "[]";
            case List<?> list ->
                list.stream().map(one -> "\n  - " + quoted(one.toString())).collect(Collectors.joining());
            case String text -> quoted(text);
            default -> value.toString();
        };
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Scenario scenario && all().equals(scenario.all());
    }

    @Override
    public int hashCode() {
        return all().hashCode();
    }

    @Override
    public String toString() {
        return toYaml();
    }
}
