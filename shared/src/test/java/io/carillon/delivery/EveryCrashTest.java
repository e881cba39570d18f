package io.carillon.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.delivery.Poster.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lets a delivery with a bit of everything die at every single call that it makes, one after the other. */
class EveryCrashTest {

    private final List<String> trace = new ArrayList<>();

    /** Two processes take turns, so that each remembers what the other may have changed. */
    private final Deque<Deliverer> processes = new ArrayDeque<>();

    @Test
    void shouldKeepItsPromisesWhereverADeliveryDies() {
        for (int call = 1; ; call++) {
            // Given
            trace.clear();
            World world = new World(World.HISTORY, 3);
            processes.clear();
            processes.addAll(List.of(world.deliverer, world.deliverer(world.poster, 3), world.deliverer));
            List<Client> clients = new ArrayList<>();
            for (String name : List.of("stays", "leaves", "expelled", "returns", "comes", "gone", "slow")) {
                clients.add(new Client(world, name, trace));
            }
            prepare(world, clients);

            // When
            boolean hasCrashed = deliver(world, clients, call);
            finish(world, clients);

            // Then
            String died = "died at call " + call;
            assertThat(clients)
                    .allSatisfy(client -> assertThat(client.breaches())
                            .as(() -> died + "\n" + String.join("\n", trace))
                            .isEmpty());
            assertThat(world.allRows().count()).as(died).isEqualTo(5);
            if (!hasCrashed) {
                assertThat(call).as("calls of an undisturbed delivery").isGreaterThan(60);
                return;
            }
        }
    }

    private void prepare(World world, List<Client> clients) {
        clients.forEach(Client::connect);
        for (Client client : clients) {
            if (client != clients.get(4)) {
                client.subscribe();
                drain(world, clients, false);
            }
        }
        world.publish();
        clients.get(1).unsubscribe();
        world.unsubscribeByServer(clients.get(2).connection());
        clients.get(3).unsubscribe();
        world.publishHalf();
        world.publish();
        clients.get(3).subscribe();
        clients.get(4).subscribe();
        world.publish();
        world.poster.answer(clients.get(5).connection(), Outcome.GONE);
        clients.get(5).disconnect();
        world.poster.answer(clients.get(6).connection(), Outcome.BACKED_UP);
    }

    /** Delivers until a certain call, and then again; false if there was no such call. */
    private boolean deliver(World world, List<Client> clients, int call) {
        int[] left = {call};
        world.faults.crashWhen(point -> --left[0] == 0);
        boolean hasCrashed = false;
        try {
            drain(world, clients, true);
        } catch (Faults.Crash e) {
            hasCrashed = true;
        }
        world.faults.stop();
        drain(world, clients, true);
        return hasCrashed;
    }

    private void finish(World world, List<Client> clients) {
        world.poster.closed().forEach(world.closer::forget);
        world.poster.answer(clients.get(6).connection(), Outcome.DELIVERED);
        for (int i = 0; i < 3; i++) {
            clients.stream().filter(client -> !client.isConnected()).forEach(Client::connect);
            world.publish();
            drain(world, clients, false);
        }
        long top = world.log.state(World.CHANNEL).offset();
        clients.forEach(client -> client.checkAtRest(top));
    }

    private void drain(World world, List<Client> clients, boolean repeating) {
        boolean more = true;
        while (more) {
            try {
                Deliverer process = processes.removeFirst();
                processes.addLast(process);
                more = world.mailboxes.deliverOne(process::deliver);
            } finally {
                clients.forEach(client -> client.read(repeating));
            }
        }
    }
}
