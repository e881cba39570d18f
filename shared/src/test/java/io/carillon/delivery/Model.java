package io.carillon.delivery;

import io.carillon.config.ChannelOptions;
import io.carillon.delivery.Poster.Outcome;
import io.carillon.events.Mail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Does at random what clients, publishers, networks and dying functions do to one channel of small shards. */
final class Model {

    private static final int CLIENTS = 9;
    private static final ChannelOptions OPTIONS = ChannelOptions.read("{\"presence\":true,\"history_size\":100000,"
            + "\"history_ttl\":\"100h\",\"history_meta_ttl\":\"720h\",\"force_recovery\":true}");

    private final Random random;
    private final World world;
    private final List<Client> clients = new ArrayList<>();
    private final Set<String> connections = new HashSet<>();
    private final List<String> trace = new ArrayList<>();
    private final List<String> breaches = new ArrayList<>();

    /** Processes that deliver, each with what it remembers. */
    private final List<Deliverer> deliverers = new ArrayList<>();

    Model(long seed) {
        random = new Random(seed);
        world = new World(OPTIONS, 2, () -> 1 + random.nextInt(10));
        IntStream.range(0, 3).forEach(n -> deliverers.add(world.deliverer(world.poster, 2)));
        IntStream.range(0, CLIENTS).forEach(n -> clients.add(new Client(world, "c" + n, trace)));
    }

    /** Runs until a promise is broken, or a number of steps has been taken and all has come to rest. */
    void run(int steps) {
        for (int step = 0; step < steps && breaches().isEmpty(); step++) {
            step();
        }
        if (breaches().isEmpty()) {
            settle();
        }
        if (breaches().isEmpty()) {
            end();
        }
    }

    List<String> breaches() {
        List<String> all = new ArrayList<>(breaches);
        clients.forEach(client -> all.addAll(client.breaches()));
        return all;
    }

    /** The last of what happened. */
    String trace(int length) {
        return String.join("\n", trace.subList(Math.max(0, trace.size() - length), trace.size()));
    }

    private void step() {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> publish();
            case 5, 6, 7 -> act(clients.get(random.nextInt(CLIENTS)));
            case 8 -> trouble(clients.get(random.nextInt(CLIENTS)));
            case 9 -> world.clock.advance(Duration.ofSeconds(random.nextInt(10) == 0 ? 301 : 1));
            default -> deliver(random.nextInt(4) == 0);
        }
    }

    private void publish() {
        switch (random.nextInt(12)) {
            case 0 -> trace.add("offset " + world.publishHalf() + " is taken for nothing");
            case 1 -> {
                crashSoon(4);
                try {
                    trace.add("publishes " + world.publish());
                } catch (Faults.Crash e) {
                    trace.add("publisher: " + e.getMessage());
                }
                world.faults.stop();
            }
            default -> trace.add("publishes " + world.publish().offset());
        }
    }

    private void act(Client client) {
        if (!client.isConnected()) {
            client.connect();
            connections.add(client.connection());
        } else if (client.state() == Client.State.UNSUBSCRIBED) {
            client.subscribe();
        } else {
            switch (random.nextInt(6)) {
                case 0, 1 -> client.unsubscribe();
                case 2 -> {
                    trace.add("server unsubscribes " + client.connection());
                    world.unsubscribeByServer(client.connection());
                }
                case 3, 4 -> drop(client, random.nextBoolean());
                default -> {
                    // Stays.
                }
            }
        }
    }

    /** Ends a connection; API Gateway may or may not tell. */
    private void drop(Client client, boolean isTold) {
        String connection = client.connection();
        world.poster.answer(connection, Outcome.GONE);
        client.disconnect();
        if (isTold) {
            world.closer.forget(connection);
        }
    }

    private void trouble(Client client) {
        if (client.isConnected()) {
            Outcome outcome = random.nextInt(3) == 0 ? Outcome.BACKED_UP : Outcome.DELIVERED;
            world.poster.answer(client.connection(), outcome);
            trace.add(client.connection() + " is " + outcome);
        }
    }

    private void crashSoon(int calls) {
        int[] left = {random.nextInt(calls)};
        world.faults.crashWhen(point -> left[0]-- == 0);
    }

    /** Carries out one batch of one mailbox; false if there is none. */
    private boolean deliver(boolean crashes) {
        boolean isThere = true;
        if (crashes) {
            crashSoon(30);
        }
        try {
            isThere = world.mailboxes.deliverOne(this::deliver);
        } catch (Faults.Crash e) {
            trace.add("deliverer: " + e.getMessage());
        }
        world.faults.stop();
        return isThere;
    }

    private void deliver(String channel, int shard, List<Mail> batch, boolean isRepeated) {
        Deliverer deliverer = process();
        trace.add("delivers to " + shard + (isRepeated ? " again" : "") + shortly(batch));
        boolean isDisturbed = true;
        try {
            deliverer.deliver(channel, shard, batch, isRepeated);
            isDisturbed = isRepeated;
            if (random.nextInt(30) == 0) {
                trace.add("and once more");
                process().deliver(channel, shard, batch, true);
            }
        } catch (Faults.Crash e) {
            isDisturbed = true;
            clients.forEach(client -> client.read(true));
            if (random.nextBoolean()) {
                throw e;
            }
            trace.add("and again at once after: " + e.getMessage());
            deliverer.deliver(channel, shard, batch, true);
        } finally {
            boolean isReadAgain = isDisturbed;
            clients.forEach(client -> client.read(isReadAgain));
        }
    }

    /** One of the processes, now and then a new one in its place. */
    private Deliverer process() {
        int n = random.nextInt(deliverers.size());
        if (random.nextInt(20) == 0) {
            deliverers.set(n, world.deliverer(world.poster, 2));
        }
        return deliverers.get(n);
    }

    private static String shortly(List<Mail> batch) {
        StringBuilder all = new StringBuilder();
        for (Mail mail : batch) {
            all.append(' ')
                    .append(
                            switch (mail) {
                                case Mail.Published published ->
                                    published.publication().offset();
                                case Mail.Subscribe subscribe -> "+" + subscribe.connection();
                                case Mail.Unsubscribe unsubscribe -> "-" + unsubscribe.connection();
                                case Mail.Settle settle -> "settle";
                                default -> mail;
                            });
        }
        return all.toString();
    }

    /** Lets everybody return and everything arrive, and checks that all is well. */
    private void settle() {
        trace.add("all comes to rest");
        for (int round = 0; round < 5; round++) {
            for (Client client : clients) {
                if (client.isConnected()) {
                    world.poster.answer(client.connection(), Outcome.DELIVERED);
                } else {
                    client.connect();
                    connections.add(client.connection());
                }
            }
            reap();
            drain();
            world.publish();
            drain();
        }
        clients.forEach(
                client -> client.checkAtRest(world.log.state(World.CHANNEL).offset()));
        long subscribed = clients.stream()
                .filter(client -> client.state() == Client.State.SUBSCRIBED)
                .count();
        if (world.allRows().count() != subscribed) {
            breaches.add(subscribed + " are subscribed, but there are "
                    + world.allRows().toList());
        }
    }

    /** Forgets connections that have ended, as the heartbeat does. */
    private void reap() {
        Set<String> ended = new HashSet<>(connections);
        clients.forEach(client -> ended.remove(client.connection()));
        ended.forEach(world.closer::forget);
    }

    private void drain() {
        boolean more;
        do {
            more = deliver(false);
        } while (more);
    }

    /** Lets everybody go, and checks that nothing is left. */
    private void end() {
        for (Client client : clients) {
            if (client.state() == Client.State.SUBSCRIBED && random.nextBoolean()) {
                client.unsubscribe();
            } else {
                drop(client, true);
            }
        }
        drain();
        if (world.shardCount() != 0 || world.allRows().findAny().isPresent()) {
            breaches.add(world.shardCount() + " shards and " + world.allRows().toList()
                    + " are left when everybody has gone");
        }
    }
}
