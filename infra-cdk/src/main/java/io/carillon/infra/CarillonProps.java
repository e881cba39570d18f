package io.carillon.infra;

import io.carillon.push.Provider;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says what is deployed. Made by {@link #builder}.
 *
 * @param stage tells deployments in one Region apart: names the tables, the functions and the WebSocket API's stage
 * @param config the configuration, without secrets
 * @param functions the functions' package, as {@code mvn -Plambda package} builds it
 * @param production whether tables, secrets and the stack are guarded against deletion, and what cannot be had again is
 *     backed up
 * @param deliverConcurrency how many batches of mail are delivered at the same time: 2 to 1,000
 * @param logRetentionDays how long logs are kept
 * @param webSocketThrottle limits the frames of all clients together
 * @param httpThrottle limits the calls of the server API
 * @param webSocketDomain a name of your own for the WebSocket API
 * @param httpDomain a name of your own for the server API
 * @param pushApplications the SNS platform applications that bring mobile push; none for no mobile push
 * @param eventSubscriptions what was there before, and is told of events
 * @param twoRegions where the deployment is that stands in for this one; none unless there is one
 * @param monitoring what is logged, and who is told of alarms
 * @param tags go onto every resource
 */
public record CarillonProps(
        String stage,
        DeployedConfig config,
        Path functions,
        boolean production,
        int deliverConcurrency,
        int logRetentionDays,
        Throttle webSocketThrottle,
        Throttle httpThrottle,
        Optional<CustomDomain> webSocketDomain,
        Optional<CustomDomain> httpDomain,
        Map<Provider, PushApplication> pushApplications,
        List<EventSubscription> eventSubscriptions,
        Optional<TwoRegions> twoRegions,
        Monitoring monitoring,
        Map<String, String> tags) {

    /** Checks what AWS would refuse only in the middle of a deployment. */
    public CarillonProps {
        if (!stage.matches("[a-z][a-z0-9-]{0,19}")) {
            throw new IllegalArgumentException("The stage must be 1 to 20 lower-case letters, digits and -, beginning"
                    + " with a letter, since it names tables and functions; it was " + stage);
        }
        requireConcurrency(deliverConcurrency);
        if (production && !config.open().isEmpty()) {
            throw new IllegalArgumentException("The configuration of the stage " + stage
                    + ", which is production, lets everybody in: " + String.join("; ", config.open())
                    + ". Remove these keys, or set production: false for a stage to experiment with");
        }
        pushApplications.forEach((provider, application) -> {
            application.require(provider);
            if (!production && application.arn().endsWith("/" + pushApplicationName(stage))) {
                throw new IllegalArgumentException("push." + provider.text() + " names an application that the stage"
                        + " makes itself, and deletes with what it is made from: name the secret, or set production: true"
                        + "; it was " + application.arn());
            }
        });
        pushApplications = Map.copyOf(pushApplications);
        eventSubscriptions = List.copyOf(eventSubscriptions);
        requireEvents(config, eventSubscriptions);
        tags = Map.copyOf(tags);
    }

    private static void requireEvents(DeployedConfig config, List<EventSubscription> subscriptions) {
        Set<String> targets = new HashSet<>();
        for (int i = 0; i < subscriptions.size(); i++) {
            EventSubscription subscription = subscriptions.get(i);
            config.events().check(key(i), subscription.options());
            if (!targets.add(subscription.target().address())) {
                throw new IllegalArgumentException(
                        key(i) + "." + subscription.target().key()
                                + " is subscribed already, and SNS subscribes each target once: put what it wants into one"
                                + " entry; it was " + subscription.target().address());
            }
        }
    }

    /** Names a subscription as a stage's file does. */
    static String key(int subscription) {
        return "event_subscriptions[" + subscription + "]";
    }

    static void requireConcurrency(int batches) {
        if (batches < 2 || batches > 1_000) {
            throw new IllegalArgumentException("deliver_concurrency must be 2 to 1000, as Lambda wants the concurrency"
                    + " of a queue; it was " + batches);
        }
    }

    /**
     * Begins with what a stage for development has.
     *
     * @param stage tells deployments in one Region apart
     * @param config the configuration, without secrets
     * @param functions the functions' package
     */
    public static Builder builder(String stage, DeployedConfig config, Path functions) {
        return new Builder(stage, config, functions);
    }

    /** Gives the name of the platform applications that this deployment makes. */
    String pushApplicationName() {
        return pushApplicationName(stage);
    }

    private static String pushApplicationName(String stage) {
        return prefix(stage) + "push";
    }

    /** What the names of this deployment's tables, functions and queues start with. */
    String prefix() {
        return prefix(stage);
    }

    private static String prefix(String stage) {
        return "carillon-" + stage + "-";
    }

    /** Makes props step by step. Not safe for use by several threads. */
    public static final class Builder {

        private final String stage;
        private final DeployedConfig config;
        private final Path functions;
        private boolean production;
        private int deliverConcurrency = 100;
        private int logRetentionDays = 30;
        private Throttle webSocketThrottle = new Throttle(2_000, 1_000);
        private Throttle httpThrottle = new Throttle(1_000, 500);
        private Optional<CustomDomain> webSocketDomain = Optional.empty();
        private Optional<CustomDomain> httpDomain = Optional.empty();
        private Map<Provider, PushApplication> pushApplications = Map.of();
        private List<EventSubscription> eventSubscriptions = List.of();
        private Optional<TwoRegions> twoRegions = Optional.empty();
        private Monitoring monitoring = Monitoring.DEFAULT;
        private Map<String, String> tags = Map.of();

        private Builder(String stage, DeployedConfig config, Path functions) {
            this.stage = stage;
            this.config = config;
            this.functions = functions;
        }

        /** Guards tables and the stack against deletion, and backs up what cannot be had again. */
        public Builder production(boolean guarded) {
            production = guarded;
            return this;
        }

        /** Sets how many batches of mail are delivered at the same time; 100 unless set. */
        public Builder deliverConcurrency(int batches) {
            deliverConcurrency = batches;
            return this;
        }

        /** Sets how long logs are kept, in one of CloudWatch's numbers of days; 30 unless set. */
        public Builder logRetentionDays(int days) {
            logRetentionDays = days;
            return this;
        }

        /** Limits the frames of all clients together; 2,000 per second unless set. */
        public Builder webSocketThrottle(Throttle throttle) {
            webSocketThrottle = throttle;
            return this;
        }

        /** Limits the calls of the server API; 1,000 per second unless set. */
        public Builder httpThrottle(Throttle throttle) {
            httpThrottle = throttle;
            return this;
        }

        /** Gives the WebSocket API a name of your own. */
        public Builder webSocketDomain(CustomDomain domain) {
            webSocketDomain = Optional.of(domain);
            return this;
        }

        /** Gives the server API a name of your own. */
        public Builder httpDomain(CustomDomain domain) {
            httpDomain = Optional.of(domain);
            return this;
        }

        /** Brings mobile push through these SNS platform applications: there already, or to be made from secrets. */
        public Builder pushApplications(Map<Provider, PushApplication> all) {
            pushApplications = all;
            return this;
        }

        /** Tells what was there before of events; what is in the same app can be given to {@link Carillon#events}. */
        public Builder eventSubscriptions(List<EventSubscription> all) {
            eventSubscriptions = all;
            return this;
        }

        /** Makes this one of two deployments that stand in for each other; its mark goes into the configuration. */
        public Builder twoRegions(TwoRegions two) {
            twoRegions = Optional.of(two);
            return this;
        }

        /** Sets what is logged, and who is told of alarms; {@link Monitoring#DEFAULT} unless set. */
        public Builder monitoring(Monitoring chosen) {
            monitoring = chosen;
            return this;
        }

        /** Puts these tags onto every resource. */
        public Builder tags(Map<String, String> all) {
            tags = all;
            return this;
        }

        /**
         * Makes the props.
         *
         * @throws IllegalArgumentException if AWS would refuse a value
         */
        public CarillonProps build() {
            return new CarillonProps(
                    stage,
                    twoRegions.map(two -> config.marked(two.epochMark())).orElse(config),
                    functions,
                    production,
                    deliverConcurrency,
                    logRetentionDays,
                    webSocketThrottle,
                    httpThrottle,
                    webSocketDomain,
                    httpDomain,
                    pushApplications,
                    eventSubscriptions,
                    twoRegions,
                    monitoring,
                    tags);
        }
    }
}
