package io.carillon.local.regions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Position;
import io.carillon.local.Await;
import io.carillon.local.LocalRuntime;
import io.carillon.local.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two Regions with a log each: one fails, the other takes over, and the first comes back. */
class RegionsTest {

    private static final String CHANNEL = "news";

    @TempDir
    private Path europe;

    private LocalRuntime first;
    private LocalRuntime second;

    @BeforeEach
    void start() {
        first = Region.start("eu1", new Storage.Directory(europe));
        second = Region.start("us1", new Storage.InMemory());
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    private static Position publish(LocalRuntime region, String data) {
        return Backend.publish(region.port(), CHANNEL, data).orElseThrow();
    }

    /** One log and no other: its epoch is of the Region, its offsets have no gap, its publications were made there. */
    private static void assertOneLog(Visit visit, String mark) {
        List<JsonNode> publications = visit.publications();
        long before = visit.start().offset();
        assertThat(visit.start().epoch()).startsWith(mark + "-");
        assertThat(publications.stream().map(one -> one.path("offset").asLong()))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, publications.size())
                        .mapToObj(number -> before + number)
                        .toList());
        assertThat(visit.data()).allSatisfy(data -> assertThat(data).startsWith(mark));
    }

    @Test
    void shouldTellTheTruthAndNeverMixTwoLogsWhenARegionFailsInFullFlow() throws InterruptedException {
        // Given clients in the first Region, and a backend that goes where its calls are answered
        List<Visit> before = IntStream.range(0, 5)
                .mapToObj(i -> Visit.to(first.port(), CHANNEL))
                .toList();
        int home = first.port();
        AtomicInteger failedOver = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        Thread backend = Thread.ofVirtual().start(() -> {
            for (int number = 0; !done.get(); number++) {
                if (Backend.publish(home, CHANNEL, "eu1 " + number).isEmpty()
                        && Backend.publish(second.port(), CHANNEL, "us1 " + number)
                                .isPresent()) {
                    failedOver.incrementAndGet();
                }
            }
        });
        Await.until(() -> before.stream().allMatch(visit -> visit.data().size() > 20));

        // When
        first.close();
        Await.until(() -> before.stream().allMatch(Visit::isClosed) && failedOver.get() > 5);
        List<Visit> after = before.stream()
                .map(visit -> Visit.to(second.port(), CHANNEL, visit.position()))
                .toList();
        Await.until(() -> after.stream().allMatch(visit -> visit.data().size() > 20));
        done.set(true);
        backend.join();

        // Then
        assertThat(before).allSatisfy(visit -> assertOneLog(visit, "eu1"));
        assertThat(after).allSatisfy(visit -> {
            assertThat(visit.recovered()).isFalse();
            assertThat(visit.reply().path("publications")).isEmpty();
            assertOneLog(visit, "us1");
        });
        after.forEach(Visit::close);
    }

    @Test
    void shouldTellWhoSleptThroughBothFailoversThatSomethingWasMissed() {
        // Given one who was in the first Region, and publications that were made in the second meanwhile
        Position slept = sleepThroughAFailover();

        // When the first Region comes back with its tables and another mark
        first = Region.start("eu2", new Storage.Directory(europe));
        try (Visit early = Visit.to(first.port(), CHANNEL, slept)) {
            Position next = publish(first, "eu2 1");
            try (Visit late = Visit.to(first.port(), CHANNEL, slept)) {

                // Then
                assertThat(early.recovered()).isFalse();
                assertThat(late.recovered()).isFalse();
                assertThat(next.epoch()).startsWith("eu2-");
                assertThat(next.offset()).isEqualTo(1);
            }
        }
    }

    /** Shows what the rule is for: with its old mark, a Region takes a part of what was missed for the whole. */
    @Test
    void shouldContinueTheOldLogWhenTheMarkIsNotChanged() {
        // Given
        Position slept = sleepThroughAFailover();

        // When
        first = Region.start("eu1", new Storage.Directory(europe));
        try (Visit back = Visit.to(first.port(), CHANNEL, slept)) {

            // Then
            assertThat(back.recovered()).isTrue();
            assertThat(back.data()).isEmpty();
        }
    }

    private Position sleepThroughAFailover() {
        Position slept = publish(first, "eu1 1");
        try (Visit there = Visit.to(first.port(), CHANNEL)) {
            // Dies with its subscribers, whose rows stay in the tables.
            first.close();
            assertThat(there.start()).isEqualTo(slept);
        }
        publish(second, "us1 1");
        return slept;
    }

    @Test
    void shouldTellWhoGoesToAndFroWhereItStandsEachTime() {
        // Given two Regions that both serve, as while a name's address changes
        List<Visit> visits = new ArrayList<>();
        Position position = publish(first, "eu1 1");
        publish(second, "us1 1");

        // When
        for (LocalRuntime region : List.of(second, first, second)) {
            try (Visit visit = Visit.to(region.port(), CHANNEL, position)) {
                visits.add(visit);
                position = visit.position();
            }
        }

        // Then
        assertThat(visits).noneMatch(Visit::recovered);
    }

    @Test
    void shouldSendSubscribersBackWhenTheMarkChangesUnderThem() {
        // Given a subscriber whom nobody unsubscribed, so that its row stays in the tables
        Position old = publish(first, "eu1 1");
        try (Visit before = Visit.to(first.port(), CHANNEL)) {
            first.close();
            assertThat(before.start()).isEqualTo(old);
        }

        // When
        first = Region.start("eu2", new Storage.Directory(europe));
        try (Visit early = Visit.to(first.port(), CHANNEL, old)) {
            publish(first, "eu2 1");
            Await.until(() -> early.unsubscribed() == 2500);
            try (Visit after = Visit.to(first.port(), CHANNEL, early.position())) {
                publish(first, "eu2 2");

                // Then
                assertThat(early.recovered()).isFalse();
                assertThat(early.data()).isEmpty();
                assertThat(after.recovered()).isFalse();
                Await.until(() -> after.data().equals(List.of("eu2 2")));
                assertOneLog(after, "eu2");
            }
        }
    }
}
