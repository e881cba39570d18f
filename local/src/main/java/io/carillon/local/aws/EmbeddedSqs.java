package io.carillon.local.aws;

import com.typesafe.config.ConfigFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Terminated;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import scala.concurrent.Await;

/** Runs ElasticMQ, which speaks the SQS protocol, on a free loopback port. Its messages are kept in memory only. */
final class EmbeddedSqs implements AutoCloseable {

    /** What ElasticMQ's own file asks for is a debug log and, when stopping, a minute for polls to end. */
    private static final String SETTINGS = """
            pekko.loggers = ["org.apache.pekko.event.slf4j.Slf4jLogger"]
            pekko.loglevel = "WARNING"
            pekko.logging-filter = "org.apache.pekko.event.slf4j.Slf4jLoggingFilter"
            pekko.log-dead-letters = off
            pekko.log-dead-letters-during-shutdown = off
            pekko.jvm-shutdown-hooks = off
            pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
            pekko.http.server.parsing.illegal-header-warnings = off
            pekko.http.server.parsing.max-content-length = 4m
            pekko.http.server.request-timeout = 25 s
            pekko.http.server.idle-timeout = 120 s
            pekko.http.server.max-connections = 4096
            """;

    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final ActorSystem actors;
    private final URI endpoint;

    private EmbeddedSqs(ActorSystem actors, URI endpoint) {
        this.actors = actors;
        this.endpoint = endpoint;
    }

    static EmbeddedSqs start(String region, String account) {
        var loader = EmbeddedSqs.class.getClassLoader();
        var config = ConfigFactory.parseString(SETTINGS).withFallback(ConfigFactory.load(loader));
        var actors = ActorSystem.create("elasticmq", config, loader);
        InetSocketAddress address = SQSRestServerBuilder.withInterface("127.0.0.1")
                .withDynamicPort()
                .withAWSRegion(region)
                .withAWSAccountId(account)
                .withActorSystem(actors)
                .start()
                .waitUntilStarted()
                .localAddress();
        return new EmbeddedSqs(actors, URI.create("http://127.0.0.1:" + address.getPort()));
    }

    URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        // Ending the actors ends the server with them, without waiting for the polls that are still open.
        var terminated = actors.terminate();
        try {
            Terminated ignored = Await.result(
                    terminated,
                    scala.concurrent.duration.Duration.create(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("ElasticMQ did not stop within " + STOP_WITHIN, e);
        }
    }
}
