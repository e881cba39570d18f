package io.carillon.infra;

import io.carillon.push.Provider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A stage's own settings: what {@code stages/NAME.yaml} says. Nothing in it is required, nor is the file.
 *
 * @param production whether tables are guarded against deletion, and backed up
 * @param config the configuration's file, as seen from this file's folder
 * @param deliverConcurrency how many batches of mail are delivered at the same time
 * @param logRetentionDays how long logs are kept
 * @param webSocket about the WebSocket API
 * @param http about the server API
 * @param push the SNS platform applications of mobile push, or the secrets that they are made from
 * @param eventSubscriptions what is told of events
 * @param twoRegions where the deployment is that stands in for this one
 * @param monitoring what is logged, and who is told of alarms
 * @param tags go onto every resource
 */
record StageFile(
        Boolean production,
        String config,
        Integer deliverConcurrency,
        Integer logRetentionDays,
        Api webSocket,
        Api http,
        Push push,
        List<EventKeys> eventSubscriptions,
        Regions twoRegions,
        Watch monitoring,
        Map<String, String> tags) {

    /** ARNs of SNS platform applications, or of secrets to make them from. */
    record Push(String fcm, String apns, String apnsSandbox, Integer revision) {

        Map<Provider, PushApplication> applications() {
            Map<Provider, PushApplication> applications = new EnumMap<>(Provider.class);
            add(applications, Provider.FCM, fcm);
            add(applications, Provider.APNS, apns);
            add(applications, Provider.APNS_SANDBOX, apnsSandbox);
            if (revision != null
                    && applications.values().stream().noneMatch(PushApplication.FromSecret.class::isInstance)) {
                throw new IllegalArgumentException("push.revision is of secrets, and needs one as fcm, apns or"
                        + " apns_sandbox; it was " + revision);
            }
            return applications;
        }

        private void add(Map<Provider, PushApplication> applications, Provider provider, String named) {
            int read = Objects.requireNonNullElse(revision, 1);
            given(named, arn -> applications.put(provider, PushApplication.of(provider, arn, read)));
        }
    }

    /** About one of the two APIs. */
    record Api(Limit throttle, Name domain) {}

    /** Limits what all clients of one API ask together. */
    record Limit(Integer requestsPerSecond, Integer burst) {

        Throttle throttle(String key) {
            if (requestsPerSecond == null || burst == null || requestsPerSecond < 1 || burst < 1) {
                throw new IllegalArgumentException(
                        key + " needs requests_per_second and burst, each a whole number from 1 on; it was "
                                + requestsPerSecond + " and " + burst);
            }
            return new Throttle(requestsPerSecond, burst);
        }
    }

    /** A name of one's own for it. */
    record Name(String name, String certificateArn, String hostedZoneId, String hostedZoneName) {

        CustomDomain domain(String key) {
            if (name == null || certificateArn == null || (hostedZoneId == null) != (hostedZoneName == null)) {
                throw new IllegalArgumentException(key + " needs name and certificate_arn; hosted_zone_id and"
                        + " hosted_zone_name come together");
            }
            return new CustomDomain(
                    name,
                    certificateArn,
                    Optional.ofNullable(hostedZoneId).map(id -> new CustomDomain.HostedZone(id, hostedZoneName)));
        }
    }

    /** One of two deployments that stand in for each other. */
    record Regions(String region, String other, String epochMark, String role) {

        TwoRegions two() {
            if (region == null || other == null || epochMark == null || role == null) {
                throw new IllegalArgumentException("two_regions needs region, other, epoch_mark and role");
            }
            return new TwoRegions(region, other, epochMark, TwoRegions.Role.of(role));
        }
    }

    /** How it is watched. */
    record Watch(String logLevel, String alarmEmail, String alarmTopicArn, String runbooks) {

        Monitoring monitoring() {
            Monitoring unset = Monitoring.DEFAULT;
            return new Monitoring(
                    Objects.requireNonNullElse(logLevel, unset.logLevel()),
                    Optional.ofNullable(alarmEmail),
                    Optional.ofNullable(alarmTopicArn),
                    Objects.requireNonNullElse(runbooks, unset.runbooks()));
        }
    }

    private static final StageFile NOTHING =
            new StageFile(null, null, null, null, null, null, null, null, null, null, null);

    /**
     * Reads a stage's file.
     *
     * @return what says nothing, if there is no such file
     * @throws IllegalArgumentException with every key and value that is wrong, if it can be read at all
     */
    static StageFile read(Path file) {
        if (!Files.exists(file)) {
            return NOTHING;
        }
        Shape shape = new Shape();
        StageFile read = Documents.record(shape.fit(Documents.tree(file), StageFile.class, ""), StageFile.class);
        List<String> problems =
                Stream.concat(shape.problems().stream(), read.problems()).toList();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(file + " is wrong:\n  " + String.join("\n  ", problems));
        }
        return read;
    }

    /** Lists the values that AWS or the functions would refuse, each with its key. */
    private Stream<String> problems() {
        Stream<Runnable> checks = Stream.of(
                () -> given(deliverConcurrency, CarillonProps::requireConcurrency),
                () -> given(logRetentionDays, LogRetention::ofDays),
                () -> given(webSocket, api -> given(api.throttle(), limit -> limit.throttle("web_socket.throttle"))),
                () -> given(webSocket, api -> given(api.domain(), name -> name.domain("web_socket.domain"))),
                () -> given(http, api -> given(api.throttle(), limit -> limit.throttle("http.throttle"))),
                () -> given(http, api -> given(api.domain(), name -> name.domain("http.domain"))),
                () -> given(push, Push::applications),
                () -> given(eventSubscriptions, StageFile::subscriptions),
                () -> given(twoRegions, Regions::two),
                () -> given(monitoring, Watch::monitoring));
        return checks.flatMap(StageFile::problem);
    }

    private static Stream<String> problem(Runnable check) {
        try {
            check.run();
            return Stream.empty();
        } catch (IllegalArgumentException e) {
            return Stream.of(e.getMessage());
        }
    }

    /** Gives the configuration's file; empty if this says nothing of one. */
    Optional<Path> configFile(Path folder) {
        return Optional.ofNullable(config).map(folder::resolve);
    }

    CarillonProps props(String stage, DeployedConfig deployed, Path functions) {
        CarillonProps.Builder builder = CarillonProps.builder(stage, deployed, functions);
        given(production, builder::production);
        given(deliverConcurrency, builder::deliverConcurrency);
        given(logRetentionDays, builder::logRetentionDays);
        given(webSocket, api -> {
            given(api.throttle(), limit -> builder.webSocketThrottle(limit.throttle("web_socket.throttle")));
            given(api.domain(), name -> builder.webSocketDomain(name.domain("web_socket.domain")));
        });
        given(http, api -> {
            given(api.throttle(), limit -> builder.httpThrottle(limit.throttle("http.throttle")));
            given(api.domain(), name -> builder.httpDomain(name.domain("http.domain")));
        });
        given(push, given -> builder.pushApplications(given.applications()));
        given(eventSubscriptions, all -> builder.eventSubscriptions(subscriptions(all)));
        given(twoRegions, regions -> builder.twoRegions(regions.two()));
        given(monitoring, watch -> builder.monitoring(watch.monitoring()));
        given(tags, builder::tags);
        return builder.build();
    }

    private static List<EventSubscription> subscriptions(List<EventKeys> all) {
        return IntStream.range(0, all.size())
                .mapToObj(i -> all.get(i).subscription(CarillonProps.key(i)))
                .toList();
    }

    private static <T> void given(T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }
}
