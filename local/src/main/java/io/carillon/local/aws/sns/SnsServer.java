package io.carillon.local.aws.sns;

import io.carillon.local.lambda.LambdaFunction;
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
 * Serves as much of SNS as Carillon calls, on a free loopback port: standard topics that fan out to SQS queues, functions
 * in this JVM and URLs, with filter policies, raw delivery or the signed envelope, and dead-letter queues; and mobile push, which keeps what
 * devices would have got. Unmodified SDK clients can talk to it. Topics are kept in memory.
 *
 * <p>Closing lets the deliveries to queues that are under way end first, and ends those to URLs.
 */
public final class SnsServer implements AutoCloseable {

    private static final int MAX_THREADS = 32;
    private static final int MIN_THREADS = 4;

    private final Server server;
    private final ServerConnector connector;
    private final ExecutorService deliveries;
    private final UrlDelivery urls;
    private final PushDelivery push;
    private final FunctionDelivery functions;

    private SnsServer(
            Server server,
            ServerConnector connector,
            ExecutorService deliveries,
            UrlDelivery urls,
            PushDelivery push,
            FunctionDelivery functions) {
        this.functions = functions;
        this.urls = urls;
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
        var platforms = new Platforms(region, account);
        var push = new PushDelivery(platforms, InstantSource.system());
        var threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        threads.setName("sns");
        threads.setDaemon(true);
        var server = new Server(threads);
        var connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        var signer = new Signer(() -> endpoint(connector));
        var envelope = new Envelope(signer, InstantSource.system());
        var urls = new UrlDelivery(envelope);
        var functions = new FunctionDelivery(envelope);
        var publisher = new Publisher(
                topics,
                new Deliveries(new QueueDelivery(sqs, envelope), functions, urls),
                deliveries,
                InstantSource.system());
        var actions = new SnsActions(
                topics, publisher, new PushActions(platforms, push), new Confirmations(topics, urls, deliveries));
        server.setHandler(new SnsHandler(actions, signer));
        try {
            server.start();
        } catch (Exception e) {
            urls.close();
            deliveries.close();
            throw new IllegalStateException("The local SNS could not open a port on 127.0.0.1", e);
        }
        return new SnsServer(server, connector, deliveries, urls, push, functions);
    }

    /** Lists the last notifications that devices would have got, oldest first. */
    public List<SentPush> sentPushes() {
        return push.sent();
    }

    /** Invokes a function, by its name, when it subscribes. */
    public void serve(LambdaFunction function) {
        functions.serve(function.name(), function);
    }

    public URI endpoint() {
        return endpoint(connector);
    }

    private static URI endpoint(ServerConnector connector) {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The local SNS did not stop", e);
        } finally {
            urls.close();
            deliveries.close();
        }
    }
}
