package io.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.config.ChannelOptions;
import io.carillon.connection.Connections;
import io.carillon.connection.Entry;
import io.carillon.events.RawJson;
import io.carillon.events.Request.Recover;
import io.carillon.events.SubscribeOptions;
import io.carillon.events.SubscribeOverride;
import io.carillon.session.Subscriptions.Wish;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** Commands for one channel that come side by side, to a table that serves whoever asked first. */
class ManyCommandsTest {

    private static final int COMMANDS = 100;

    private final TestCarillon carillon = TestCarillon.with(
            "\"channel_limit\":128", "\"without_namespace\":{\"allow_subscribe_for_client\":true,\"presence\":true}");
    private final TestClient alice = carillon.connect("alice");
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Connections connections = inTurn(carillon.connections());
    private final Subscriptions subscriptions =
            new Subscriptions(connections, carillon.ports().log(), carillon.mailboxes(), carillon.clock(), 128);

    @Test
    void shouldCarryOutAllThoughEachIsInTheWayOfThoseAfterIt() throws Exception {
        // Given: all have asked, one after the other, before the first is answered
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            turn.lock();
            try {
                for (int n = 0; n < COMMANDS; n++) {
                    int command = n + 2;
                    all.add(threads.submit(() -> carryOut(command)));
                    awaitAsking(n + 1);
                }
            } finally {
                // When
                turn.unlock();
            }

            // Then
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
        }
        Entry entry = carillon.row(alice).subscription("news").orElseThrow();
        assertThat(entry.command()).isEqualTo(COMMANDS + 1);
        assertThat(entry.state()).isEqualTo(Entry.State.ACTIVE);
    }

    private void awaitAsking(int commands) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (turn.getQueueLength() < commands) {
            assertThat(deadline - System.nanoTime()).isPositive();
            Thread.yield();
        }
    }

    private void carryOut(int command) {
        if (command % 2 == 0) {
            subscriptions.unsubscribe(alice.id(), "news", command, Optional.empty());
        } else {
            subscriptions.subscribe(connections.find(alice.id()).orElseThrow(), wish(command));
        }
    }

    /** Lets one call in at a time, in the order in which they came. */
    private Connections inTurn(Connections all) {
        return (Connections) Proxy.newProxyInstance(
                Connections.class.getClassLoader(), new Class<?>[] {Connections.class}, (proxy, method, arguments) -> {
                    turn.lock();
                    try {
                        return method.invoke(all, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        turn.unlock();
                    }
                });
    }

    private static Wish wish(long command) {
        SubscribeOptions options = Subscriptions.settle(ChannelOptions.DEFAULTS, SubscribeOverride.NONE, 0);
        return new Wish("news", command, RawJson.NONE, RawJson.NONE, options, Recover.NO);
    }
}
