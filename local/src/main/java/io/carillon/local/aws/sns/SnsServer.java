package io.carillon.local.aws.sns;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Serves as much of SNS as Carillon calls, on a free loopback port: standard topics that fan out to SQS queues, with
 * filter policies, raw delivery or the envelope; and mobile push, which keeps what devices would have got. Unmodified SDK clients can talk to it. Topics are kept in memory.
 *
 * <p>Closing lets the deliveries that are under way end first.
 */
public final class SnsServer implements AutoCloseable {

    private static final int MAX_THREADS = 32;
    private static final int MIN_THREADS = 4;

    private final Server server;
    private final ServerConnector connector;
    private final ExecutorService deliveries;
    private final PushDelivery push;

    private SnsServer(Server server, ServerConnector connector, ExecutorService deliveries, PushDelivery push) {
        this.push = push;
        this.server = server;
        this.connector = connector;
        this.deliveries = deliveries;
    }

    /**
     * Starts to serve.
     *
     * @param sqs gives the client that reaches the subscribed queues; asked for first when something is delivered
     * @throws IllegalStateException if no port can be opened
     */
    public static SnsServer start(Supplier<SqsClient> sqs, String region, String account) {
        var deliveries = Executors.newVirtualThreadPerTaskExecutor();
        var topics = new Topics(region, account);
        var publisher = new Publisher(topics, new QueueDelivery(sqs), deliveries, InstantSource.system());
        var platforms = new Platforms(region, account);
        var push = new PushDelivery(platforms, InstantSource.system());
        var threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        threads.setName("sns");
        threads.setDaemon(true);
        var server = new Server(threads);
        var connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new SnsHandler(new SnsActions(topics, publisher, new PushActions(platforms, push))));
        try {
            server.start();
        } catch (Exception e) {
            deliveries.close();
            throw new IllegalStateException("The local SNS could not open a port on 127.0.0.1", e);
        }
        return new SnsServer(server, connector, deliveries, push);
    }

    /** Lists the last notifications that devices would have got, oldest first. */
    public List<SentPush> sentPushes() {
        return push.sent();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The local SNS did not stop", e);
        } finally {
            deliveries.close();
        }
    }
}
