package io.carillon.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.config.ChannelOptions;
import io.carillon.events.Mail;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** A channel grows from one shard to fifty and shrinks back while it is published to, and every client gets it all. */
class GrowAndShrinkTest {

    private static final int SHARD_SIZE = 2;
    private static final int SHARDS = 50;
    private static final ChannelOptions OPTIONS = ChannelOptions.read("{\"presence\":true,\"history_size\":100000,"
            + "\"history_ttl\":\"100h\",\"history_meta_ttl\":\"720h\",\"force_recovery\":true}");

    private final List<String> trace = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private final List<Deliverer> processes = new ArrayList<>();
    private Random random;
    private World world;

    @RepeatedTest(3)
    void shouldLoseNothingWhenAChannelGrowsToFiftyShardsAndShrinksBack(RepetitionInfo repetition) {
        // Given
        long seed = Long.getLong("carillon.seed", System.nanoTime() + repetition.getCurrentRepetition());
        random = new Random(seed);
        world = new World(OPTIONS, SHARD_SIZE, () -> 1 + random.nextInt(10));
        for (int i = 0; i < 3; i++) {
            processes.add(world.deliverer(world.poster, SHARD_SIZE));
        }

        // When
        for (int i = 0; i < SHARDS * SHARD_SIZE; i++) {
            Client client = new Client(world, "c" + i, trace);
            clients.add(client);
            client.connect();
            client.subscribe();
            publishAndDeliver();
        }
        drain();
        int grown = world.shardCount();
        List<Client> leaving = new ArrayList<>(clients);
        Collections.shuffle(leaving, random);
        List<Client> staying = List.copyOf(leaving.subList(0, SHARD_SIZE));
        for (Client client : leaving.subList(SHARD_SIZE, leaving.size())) {
            client.unsubscribe();
            if (random.nextInt(5) == 0) {
                client.subscribe();
                publishAndDeliver();
                client.unsubscribe();
            }
            publishAndDeliver();
        }
        world.publish();
        drain();

        // Then
        long top = world.log.state(World.CHANNEL).offset();
        clients.forEach(client -> client.checkAtRest(top));
        String repeat = "repeat with -Dcarillon.seed=" + seed;
        assertThat(clients.stream().flatMap(client -> client.breaches().stream()))
                .as(() ->
                        repeat + "\n" + String.join("\n", trace.subList(Math.max(0, trace.size() - 100), trace.size())))
                .isEmpty();
        assertThat(grown).as(repeat).isGreaterThanOrEqualTo(SHARDS);
        assertThat(world.allRows()).as(repeat).hasSize(SHARD_SIZE);
        assertThat(staying).as(repeat).allMatch(client -> client.state() == Client.State.SUBSCRIBED);

        // When
        staying.forEach(Client::unsubscribe);
        drain();

        // Then
        assertThat(world.shardCount()).as(repeat).isZero();
        assertThat(world.allRows()).as(repeat).isEmpty();
    }

    private void publishAndDeliver() {
        for (int i = random.nextInt(3); i > 0; i--) {
            world.publish();
        }
        for (int i = random.nextInt(12); i > 0; i--) {
            world.mailboxes.deliverOne(this::deliver);
        }
    }

    private void drain() {
        world.mailboxes.drain(this::deliver);
    }

    private void deliver(String channel, int shard, List<Mail> batch, boolean isRepeated) {
        processes.get(random.nextInt(processes.size())).deliver(channel, shard, batch, isRepeated);
        clients.forEach(client -> client.read(isRepeated));
    }
}
