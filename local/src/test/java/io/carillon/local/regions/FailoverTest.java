package io.carillon.local.regions;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.dynamodb.Epochs;
import io.carillon.dynamodb.Renewal;
import io.carillon.dynamodb.TableNames;
import io.carillon.events.Position;
import io.carillon.local.Await;
import io.carillon.local.LocalRuntime;
import io.carillon.local.Storage;
import io.carillon.local.aws.LocalAws;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two Regions behind one name, the logs of the first copied to the second: failing over, and failing back. */
class FailoverTest {

    private static final String CHANNEL = "news";

    private final LocalAws europe = LocalAws.inMemory();
    private final LocalAws america = LocalAws.inMemory();
    private LocalRuntime first;
    private LocalRuntime second;
    private HealthCheckedName name;
    private Replication replication;

    @BeforeEach
    void start() {
        first = Region.start("eu1", new Storage.Shared(europe));
        second = Region.start("us1", new Storage.Shared(america));
        name = new HealthCheckedName(first, second);
        replication = Replication.between(europe, america);
        assertThat(name.port()).isEqualTo(first.port());
    }

    @AfterEach
    void stop() {
        replication.close();
        first.close();
        second.close();
        europe.close();
        america.close();
    }

    private Position publish(String data) {
        return Backend.publish(name.port(), CHANNEL, data).orElseThrow();
    }

    @Test
    void shouldGoOnWithTheReplicatedHistoryInANewEpochWhenARegionIsLost() {
        // Given five publications that were copied, and a sixth that was not
        for (int number = 1; number <= 5; number++) {
            publish(Integer.toString(number));
        }
        replication.catchUp();
        replication.close();
        Position seen = publish("6");

        // When
        first.close();
        int renewed = new Renewal(
                        america.dynamoDb(),
                        Replication.REPLICAS,
                        TableNames.withPrefix(Region.PREFIX),
                        InstantSource.system(),
                        new Epochs("us1"))
                .renew();
        try (Visit back = Visit.to(name.port(), CHANNEL, seen)) {
            Position next = publish("7");

            // Then the client is told the truth, and finds what was copied
            assertThat(renewed).isEqualTo(1);
            assertThat(back.recovered()).isFalse();
            assertThat(next.epoch()).startsWith("us1-");
            assertThat(next.offset()).isEqualTo(6);
            Await.until(() -> back.data().equals(List.of("7")));
            assertThat(Backend.history(name.port(), CHANNEL)).containsExactly("1", "2", "3", "4", "5", "7");
            assertRecovers(next.at(3), List.of("4", "5", "7"));
        }
    }

    private void assertRecovers(Position since, List<String> missed) {
        try (Visit later = Visit.to(name.port(), CHANNEL, since)) {
            assertThat(later.recovered()).isTrue();
            assertThat(later.data()).isEqualTo(missed);
        }
    }

    @Test
    void shouldNotFailBackUntilTheRegionHasANewMark() {
        // Given a client that was here before the Region failed, and comes back only when all is over
        Position slept = publish("eu1 1");

        // When health checks fail for a while, and all is well again
        first.faults().replace(List.of("fail service=dynamodb", "clock jump=2m"), 1);
        Await.until(() -> first.faults().list().getLast().struck() == 1);
        int during = name.port();
        publish("us1 1");
        first.faults().replace(List.of(), 1);
        int healed = name.port();
        int look = name.look();

        // Then it stays away, since its log would go on as if nothing had happened
        assertThat(during).isEqualTo(second.port());
        assertThat(healed).isEqualTo(second.port());
        assertThat(look).isEqualTo(503);

        // When it gets a new mark
        first.close();
        first = Region.start("eu2", new Storage.Shared(europe));
        name.primary(first);

        // Then it serves, and tells who slept the truth
        assertThat(name.look()).isEqualTo(200);
        assertThat(name.port()).isEqualTo(first.port());
        try (Visit back = Visit.to(name.port(), CHANNEL, slept)) {
            assertThat(back.recovered()).isFalse();
        }
    }
}
