package io.carillon.local;

import io.carillon.Carillon;
import io.carillon.Ports;
import io.carillon.config.EventKind;
import io.carillon.local.aws.FailedMails;
import io.carillon.local.aws.LocalAws;
import io.carillon.local.aws.sns.SentPush;
import io.carillon.local.calls.FilteredClient;
import io.carillon.local.eventsource.ScheduleEventSource;
import io.carillon.local.eventsource.SqsEventSource;
import io.carillon.local.faults.FaultClock;
import io.carillon.local.faults.Faults;
import io.carillon.local.gateway.Door;
import io.carillon.local.gateway.GatewaySettings;
import io.carillon.local.gateway.HttpRoutes;
import io.carillon.local.gateway.LocalGateway;
import io.carillon.local.gateway.WebSocketRoutes;
import io.carillon.local.lambda.AccountConcurrency;
import io.carillon.local.metrics.LocalMetrics;
import io.carillon.local.metrics.QueueFigures;
import io.carillon.local.template.DescribedMapping;
import io.carillon.local.template.DescribedSocket;
import io.carillon.local.template.Description;
import io.carillon.local.template.Environment;
import io.carillon.region.HealthFront;
import io.carillon.sns.SnsEventTopic;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Runs all of Carillon in this JVM: API Gateway, the functions behind it, their event sources, tables and queues. The
 * functions are the very handlers that Lambda runs, called through the same JSON, and what invokes what, how often and
 * for how long comes from the template that is deployed ({@link Description}).
 *
 * <p>Safe for use by several threads.
 */
public final class LocalRuntime implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalRuntime.class);

    /** With more at once each takes so long that clients give up before they are answered. */
    private static final int CARRIED_PER_CORE = 24;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Faults faults;
    private final Probes probes;
    private final AccountConcurrency concurrency;
    private final LocalGateway gateway;
    private final LocalMetrics metrics = new LocalMetrics();
    private final FailedMails failedMails;
    private final Optional<FailedMails> failedPushes;
    private final ScheduleEventSource heartbeat;
    private final Supplier<List<SentPush>> sentPushes;
    private final Optional<LocalTopic> topic;
    private final Optional<LocalSubscriptions> subscriptions;

    private LocalRuntime(RuntimeSettings settings, Handler pages, UnaryOperator<Ports> decorator) {
        faults = own(Faults.of(settings.faults()));
        probes = faults.probes().around(settings.probes());
        FaultClock clock = new FaultClock(settings.clock());
        concurrency = new AccountConcurrency(settings.concurrency());
        gateway = LocalGateway.bind(gateway(settings), clock);
        gateway.policies().listeners(probes.gateway());
        gateway.policies().pace(probes.pace());
        try {
            LocalAws aws = aws(settings.storage());
            Description description = settings.description();
            LocalTables.create(aws.dynamoDb(), description.tables(), settings.storage());
            LocalQueues queues = new LocalQueues(aws.sqs(), description, settings.storage());
            Environment environment = description.environment();
            failedMails = queues.failed(aws.sqs(), environment.mailboxesId());
            failedPushes = environment.push().map(push -> queues.failed(aws.sqs(), push.queueId()));
            LocalPorts ports = own(new LocalPorts(
                    aws,
                    settings.storage(),
                    gateway.callbackEndpoint(),
                    environment,
                    queues,
                    settings.config().carillon(),
                    clock,
                    probes.calls(),
                    faults,
                    metrics));
            topic = topic(aws, settings);
            subscriptions = topic.map(made ->
                    new LocalSubscriptions(aws, made.arn(), queues, settings.storage(), description.subscriptions()));
            Carillon carillon = new Carillon(
                    decorator.apply(told(ports.ports(), aws)).with(metrics), settings.config(), ports.push());
            sentPushes = aws::sentPushes;
            LocalFunctions functions = new LocalFunctions(
                    description.functions().values(),
                    new LocalFunctions.Parts(
                            carillon,
                            ports.outboxes(),
                            queues.deadLetters(aws.sqs(), environment.deadLettersId()),
                            ports.health()),
                    concurrency,
                    probes.functions());
            metrics.watch(figures(environment, sources(description, aws, queues, functions)));
            heartbeat = own(ScheduleEventSource.start(
                    functions.named(description.schedule().functionId()), settings.heartbeat(), clock));
            serve(description, functions, routes(settings), pages);
            faults.install(gateway, clock);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Starts what feeds the functions from queues, and gives each by its queue's logical id. */
    private Map<String, SqsEventSource> sources(
            Description description, LocalAws aws, LocalQueues queues, LocalFunctions functions) {
        Map<String, SqsEventSource> sources = new HashMap<>();
        for (DescribedMapping mapping : description.mappings()) {
            SqsEventSource source = own(SqsEventSource.start(
                    mapping.at(queues.url(mapping.queueId())),
                    FilteredClient.of(SqsClient.class, aws.sqs(), probes.pollers()),
                    aws.queueWatch(),
                    functions.named(mapping.functionId())));
            sources.put(mapping.queueId(), source);
        }
        return sources;
    }

    private QueueFigures figures(Environment environment, Map<String, SqsEventSource> sources) {
        QueueFigures figures =
                new QueueFigures().with("mailboxes", failedMails, sources.get(environment.mailboxesId())::oldest);
        environment
                .push()
                .ifPresent(
                        push -> figures.with("push", failedPushes.orElseThrow(), sources.get(push.queueId())::oldest));
        return figures;
    }

    private void serve(Description description, LocalFunctions functions, Map<String, String> routes, Handler pages) {
        DescribedSocket socket = description.socket();
        gateway.policies()
                .throttles(
                        socket.throttle().start(), description.http().throttle().start());
        gateway.policies().routeThrottles(description.http().startRouteThrottles());
        gateway.serve(
                new WebSocketRoutes(socket.selection(), functions.behind(socket.routes()), socket.silent()),
                HttpRoutes.of(functions.behind(routes)),
                pages);
    }

    /** Browsers' origins come from the configuration, as they do when it is deployed; a template's are for all else. */
    private static GatewaySettings gateway(RuntimeSettings settings) {
        GatewaySettings gateway = settings.gateway();
        return gateway.cors().allowedOrigins().isEmpty()
                ? gateway.withCors(settings.description().http().cors())
                : gateway;
    }

    /** Makes the topic for other systems, if the configuration asks for events. */
    private static Optional<LocalTopic> topic(LocalAws aws, RuntimeSettings settings) {
        if (!EventKind.isAskedBy(settings.config())) {
            return Optional.empty();
        }
        String name =
                settings.storage().named(settings.description().environment().requiredTopic());
        return Optional.of(LocalTopic.create(aws.sns(), name));
    }

    private Ports told(Ports ports, LocalAws aws) {
        return topic.map(made -> ports.withEvents(
                        new SnsEventTopic(FilteredClient.of(SnsClient.class, aws.sns(), probes.calls()), made.arn())))
                .orElse(ports);
    }

    /** Health checks have a route where there are two Regions, which then have marks: the template is of one alone. */
    private static Map<String, String> routes(RuntimeSettings settings) {
        Map<String, String> routes = new HashMap<>(settings.description().http().routes());
        if (!settings.config().carillon().epochMark().isEmpty()) {
            routes.putIfAbsent("ANY " + HealthFront.PATH, routes.get("ANY /api"));
        }
        return routes;
    }

    private LocalAws aws(Storage storage) {
        return switch (storage) {
            case Storage.InMemory memory -> own(LocalAws.inMemory());
            case Storage.Directory(var path) -> own(LocalAws.inDirectory(path));
            case Storage.Endpoint endpoint -> own(LocalAws.atEndpoint(endpoint.address(), System.getenv()));
            case Storage.Shared(var services) -> services;
        };
    }

    private <T extends AutoCloseable> T own(T part) {
        parts.push(part);
        return part;
    }

    /**
     * Starts everything, and returns when it takes connections.
     *
     * @param pages answers every path that belongs to no API
     * @throws RuntimeException if a part does not start; the others are closed then
     */
    public static LocalRuntime start(RuntimeSettings settings, Handler pages) {
        return new LocalRuntime(settings, pages, UnaryOperator.identity());
    }

    /** Starts everything with other ports: with backends on this machine, or with a look at what passes. */
    public static LocalRuntime start(RuntimeSettings settings, Handler pages, UnaryOperator<Ports> decorator) {
        return new LocalRuntime(settings, pages, decorator);
    }

    /** Starts everything with other ports, for tests that break them on purpose. */
    static LocalRuntime start(RuntimeSettings settings, UnaryOperator<Ports> decorator) {
        return new LocalRuntime(settings, new NoPages(), decorator);
    }

    /** Starts everything, with no pages beside the APIs. */
    public static LocalRuntime start(RuntimeSettings settings) {
        return start(settings, new NoPages());
    }

    public int port() {
        return gateway.port();
    }

    /** Gives the emulated API Gateway, whose behaviours may be changed while it runs. */
    public LocalGateway gateway() {
        return gateway;
    }

    /** Lists the mobile push notifications that devices would have got, oldest first. */
    public List<SentPush> sentPushes() {
        return sentPushes.get();
    }

    /** Gives what goes wrong, which may be changed while it runs. */
    public Faults faults() {
        return faults;
    }

    /**
     * Answers handshakes with 429 while more invocations run than this machine can carry. A Region has room for all that
     * its quota of new connections lets in; two cores have not, and a client that waits for its answer longer than it may
     * comes back and costs as much again, so that in the end nobody is served.
     */
    public void closeDoorWhenCrowded() {
        int carried = CARRIED_PER_CORE * Runtime.getRuntime().availableProcessors();
        gateway.policies().door(Door.accountRate().onlyWhile(() -> concurrency.running() < carried));
    }

    /**
     * Subscribes a URL to the events for other systems; SNS asks it to confirm first.
     *
     * @throws IllegalStateException if the configuration asks for no events
     */
    public void subscribe(URI webhook) {
        topic.orElseThrow(() -> new IllegalStateException("there is nothing to tell a webhook: list what to tell in"
                        + " carillon.events, or in a namespace's, such as \"events\": [\"publication\"]"))
                .subscribe(webhook);
    }

    /** Gives the topic of the events for other systems; none if the configuration asks for no events. */
    public Optional<LocalTopic> topic() {
        return topic;
    }

    /** Gives what the template subscribes to the events; none if the configuration asks for no events. */
    public Optional<LocalSubscriptions> subscriptions() {
        return subscriptions;
    }

    /** Gives what is counted. */
    public LocalMetrics metrics() {
        return metrics;
    }

    /** Gives the mailbox queue, and what failed for the last time. */
    public FailedMails failedMails() {
        return failedMails;
    }

    /** Gives the queue of mobile push, and what failed for the last time; none if the template has no mobile push. */
    public Optional<FailedMails> failedPushes() {
        return failedPushes;
    }

    /** Runs the heartbeat at once, beside its schedule, and waits for it. */
    public void beat() {
        heartbeat.fireNow();
    }

    /** Stops taking requests, then everything behind that, in the reverse order of the start. */
    @Override
    public void close() {
        close(gateway);
        while (!parts.isEmpty()) {
            close(parts.pop());
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("A part did not close cleanly", e);
        }
    }

    /** Leaves every path to the gateway itself, which knows nothing of it. */
    private static final class NoPages extends Handler.Abstract {

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            return false;
        }
    }
}
