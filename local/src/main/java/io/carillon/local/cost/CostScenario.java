package io.carillon.local.cost;

import java.util.Arrays;
import java.util.List;

/** What is measured: one channel, its subscribers, and how it is published to. */
public enum CostScenario {

    /** The cheapest there is: one subscriber, nothing kept; another client publishes. */
    FAN_OUT_1(
            "fan-out-1", "1 subscriber, no history", "plain", 1, By.CLIENTS, 1, 0, 200, 300, 1.3, Against.API_GATEWAY),

    /** The same, published by a backend. */
    FAN_OUT_1_SERVER(
            "fan-out-1-server",
            "1 subscriber, no history",
            "plain",
            1,
            By.SERVER,
            0,
            0,
            200,
            300,
            1.3,
            Against.API_GATEWAY),

    /** A room. */
    FAN_OUT_100(
            "fan-out-100",
            "100 subscribers, history",
            "kept",
            100,
            By.CLIENTS,
            1,
            0,
            5_000,
            100,
            1.06,
            Against.API_GATEWAY),

    /** A whole shard. */
    FAN_OUT_1000(
            "fan-out-1000",
            "1,000 subscribers, history",
            "kept",
            1_000,
            By.CLIENTS,
            1,
            0,
            20_000,
            20,
            1.02,
            Against.API_GATEWAY),

    /** Four clients, because AppSync takes no more than 25 publications a second from one. */
    BUSY(
            "busy",
            "100 publications/s to 100 subscribers, history",
            "kept",
            100,
            By.CLIENTS,
            4,
            100,
            50_000,
            200,
            0.25,
            Against.APPSYNC);

    /** Who publishes. */
    enum By {
        CLIENTS("clients over WebSocket"),
        SERVER("the server API");

        private final String words;

        By(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** What the bar is a multiple of. */
    enum Against {
        API_GATEWAY("API Gateway's own charges"),
        APPSYNC("AppSync Events");

        private final String words;

        Against(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private final String key;
    private final String title;
    private final String namespace;
    private final int subscribers;
    private final By by;
    private final int publishers;
    private final int rate;
    private final int deliveries;
    private final int warmUp;
    private final double bar;
    private final Against against;

    CostScenario(
            String key,
            String title,
            String namespace,
            int subscribers,
            By by,
            int publishers,
            int rate,
            int deliveries,
            int warmUp,
            double bar,
            Against against) {
        this.key = key;
        this.title = title;
        this.namespace = namespace;
        this.subscribers = subscribers;
        this.by = by;
        this.publishers = publishers;
        this.rate = rate;
        this.deliveries = deliveries;
        this.warmUp = warmUp;
        this.bar = bar;
        this.against = against;
    }

    /**
     * Finds scenarios by a name; all of {@code fan-out-1} when that is named.
     *
     * @throws IllegalArgumentException if there is none; names those there are
     */
    public static List<CostScenario> named(String name) {
        List<CostScenario> found = Arrays.stream(values())
                .filter(one -> one.key.equals(name) || one.key.equals(name + "-server"))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("there is no scenario '" + name + "': choose one of "
                    + String.join(
                            ", ", Arrays.stream(values()).map(one -> one.key).toList()));
        }
        return found;
    }

    /** Names it as the command line does. */
    public String key() {
        return key;
    }

    String title() {
        return title + ", published by " + by.words();
    }

    String channel() {
        return namespace + ":" + key;
    }

    int subscribers() {
        return subscribers;
    }

    By by() {
        return by;
    }

    int publishers() {
        return publishers;
    }

    /** Publications per second; 0 for one after another, the next when the last has reached everybody. */
    int rate() {
        return rate;
    }

    /** How many publications are measured, to make at least so many deliveries. */
    int publications(int wantedDeliveries) {
        return Math.ceilDiv(wantedDeliveries, subscribers);
    }

    /** How many deliveries are measured unless told otherwise. */
    public int deliveries() {
        return deliveries;
    }

    /** How many publications go before, so that code is compiled and connections are open. */
    int warmUp() {
        return warmUp;
    }

    double bar() {
        return bar;
    }

    Against against() {
        return against;
    }
}
