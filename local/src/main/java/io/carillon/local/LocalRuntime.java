package io.carillon.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.carillon.Carillon;
import io.carillon.Ports;
import io.carillon.config.Config;
import io.carillon.config.EventKind;
import io.carillon.delivery.MailRound;
import io.carillon.functions.ApiHandler;
import io.carillon.functions.ConnectHandler;
import io.carillon.functions.DeliverHandler;
import io.carillon.functions.DisconnectHandler;
import io.carillon.functions.HeartbeatHandler;
import io.carillon.functions.MessageHandler;
import io.carillon.functions.PollHandler;
import io.carillon.functions.PushHandler;
import io.carillon.local.aws.CreatedQueue;
import io.carillon.local.aws.FailedMails;
import io.carillon.local.aws.LocalAws;
import io.carillon.local.aws.Queues;
import io.carillon.local.aws.sns.SentPush;
import io.carillon.local.calls.FilteredClient;
import io.carillon.local.eventsource.ScheduleEventSource;
import io.carillon.local.eventsource.SqsEventSource;
import io.carillon.local.eventsource.SqsEventSourceMapping;
import io.carillon.local.faults.FaultClock;
import io.carillon.local.faults.Faults;
import io.carillon.local.gateway.Door;
import io.carillon.local.gateway.HttpRoutes;
import io.carillon.local.gateway.LocalGateway;
import io.carillon.local.gateway.WebSocketRoutes;
import io.carillon.local.lambda.AccountConcurrency;
import io.carillon.local.lambda.InProcessFunction;
import io.carillon.local.lambda.LambdaFunction;
import io.carillon.local.metrics.LocalMetrics;
import io.carillon.sns.SnsEventTopic;
import io.carillon.sqs.SqsDeadLetters;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Runs all of Carillon in this JVM: API Gateway, the functions behind it, their event sources, tables and queues. The
 * functions are the very handlers that Lambda runs, called through the same JSON.
 *
 * <p>Safe for use by several threads.
 */
public final class LocalRuntime implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalRuntime.class);
    private static final String EVENTS = "carillon-events";
    private static final String MAILBOXES = "carillon-mailboxes.fifo";
    private static final String PUSH = "carillon-push";
    private static final int PUSH_RECEIVES = 10;

    /** API Gateway waits no longer for a function behind it. */
    private static final Duration FRONT_TIMEOUT = Duration.ofSeconds(29);

    /** With more at once each takes so long that clients give up before they are answered. */
    private static final int CARRIED_PER_CORE = 24;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Faults faults;
    private final Probes probes;
    private final AccountConcurrency concurrency;
    private final LocalGateway gateway;
    private final LocalMetrics metrics = new LocalMetrics();
    private final FailedMails failedMails;
    private final FailedMails failedPushes;
    private final ScheduleEventSource heartbeat;
    private final Supplier<List<SentPush>> sentPushes;

    private LocalRuntime(RuntimeSettings settings, Handler pages, UnaryOperator<Ports> decorator) {
        faults = own(Faults.of(settings.faults()));
        probes = faults.probes().around(settings.probes());
        FaultClock clock = new FaultClock(settings.clock());
        concurrency = new AccountConcurrency(settings.concurrency());
        gateway = LocalGateway.bind(settings.gateway());
        gateway.policies().listeners(probes.gateway());
        gateway.policies().pace(probes.pace());
        try {
            LocalAws aws = own(aws(settings.storage()));
            CreatedQueue mailboxes = new Queues(aws.sqs()).fifo(MAILBOXES, settings.visibility(), MailRound.RECEIVES);
            String queueUrl = mailboxes.url();
            failedMails = new FailedMails(aws.sqs(), queueUrl, mailboxes.deadLetterUrl());
            CreatedQueue pushes = new Queues(aws.sqs()).standard(PUSH, settings.visibility(), PUSH_RECEIVES);
            String pushQueueUrl = pushes.url();
            failedPushes = new FailedMails(aws.sqs(), pushQueueUrl, pushes.deadLetterUrl());
            LocalPorts ports = own(new LocalPorts(
                    aws,
                    gateway.callbackEndpoint(),
                    queueUrl,
                    pushQueueUrl,
                    settings.config().carillon().postQuota(),
                    clock,
                    probes.calls(),
                    faults,
                    metrics));
            Carillon carillon = new Carillon(
                    decorator.apply(told(ports.ports(), aws, settings.config())).with(metrics),
                    settings.config(),
                    Optional.of(ports.push()));
            sentPushes = aws::sentPushes;
            startPush(aws, pushQueueUrl, carillon, settings.deliverTimeout());
            own(SqsEventSource.start(
                    SqsEventSourceMapping.of(queueUrl),
                    FilteredClient.of(SqsClient.class, aws.sqs(), probes.pollers()),
                    aws.queueWatch(),
                    function(
                            "deliver",
                            new DeliverHandler(
                                    carillon.deliverer(), new SqsDeadLetters(aws.sqs(), mailboxes.deadLetterUrl())),
                            settings.deliverTimeout())));
            heartbeat = own(ScheduleEventSource.start(
                    front("heartbeat", new HeartbeatHandler(carillon.heartbeat())), settings.heartbeat(), clock));
            gateway.serve(
                    WebSocketRoutes.of(
                            front("connect", new ConnectHandler(carillon.doorkeeper())),
                            front("message", new MessageHandler(carillon.frameHandler())),
                            front("disconnect", new DisconnectHandler(carillon.closer()))),
                    HttpRoutes.of(
                            front("api", new ApiHandler(carillon.httpFront(), carillon.devicesFront())),
                            front("poll", new PollHandler(carillon.longPollFront(ports.outboxes())))),
                    pages);
            faults.install(gateway, clock);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Makes the topic for other systems, if the configuration asks for events. */
    private static Ports told(Ports ports, LocalAws aws, Config config) {
        if (!EventKind.isAskedBy(config)) {
            return ports;
        }
        String arn = aws.sns().createTopic(create -> create.name(EVENTS)).topicArn();
        return ports.withEvents(new SnsEventTopic(aws.sns(), arn));
    }

    private void startPush(LocalAws aws, String queueUrl, Carillon carillon, Duration timeout) {
        own(SqsEventSource.start(
                SqsEventSourceMapping.of(queueUrl),
                FilteredClient.of(SqsClient.class, aws.sqs(), probes.pollers()),
                aws.queueWatch(),
                function("push", new PushHandler(carillon.pushSender().orElseThrow()), timeout)));
    }

    private LambdaFunction front(String name, RequestStreamHandler handler) {
        return function(name, handler, FRONT_TIMEOUT);
    }

    private LambdaFunction function(String name, RequestStreamHandler handler, Duration timeout) {
        return probes.functions().apply(new InProcessFunction(name, handler, timeout, concurrency));
    }

    private static LocalAws aws(Storage storage) {
        return switch (storage) {
            case Storage.InMemory memory -> LocalAws.inMemory();
            case Storage.Directory(var path) -> LocalAws.inDirectory(path);
            case Storage.Endpoint(var address) -> LocalAws.atEndpoint(address, System.getenv());
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

    /** Gives what is counted. */
    public LocalMetrics metrics() {
        return metrics;
    }

    /** Gives the mailbox queue, and what failed for the last time. */
    public FailedMails failedMails() {
        return failedMails;
    }

    /** Gives the queue of mobile push, and what failed for the last time. */
    public FailedMails failedPushes() {
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
