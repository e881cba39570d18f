package io.carillon.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.config.ChannelOptions;
import io.carillon.delivery.Mailboxes;
import io.carillon.events.ClientInfo;
import io.carillon.events.Mail;
import io.carillon.events.Position;
import io.carillon.events.Publication;
import io.carillon.events.RawJson;
import io.carillon.fakes.FakeChannelLog;
import io.carillon.fakes.FakeClock;
import io.carillon.fakes.FakeMailboxes;
import io.carillon.fakes.FakeShards;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PublisherTest {

    private static final String CHANNEL = "news";
    private static final Duration META_TTL = Duration.ofHours(720);
    private static final ChannelOptions HISTORY =
            ChannelOptions.read("{\"history_size\":10000,\"history_ttl\":\"1h\",\"history_meta_ttl\":\"720h\"}");
    private static final ChannelOptions NO_HISTORY = ChannelOptions.read("{}");

    private final FakeClock clock = new FakeClock();
    private final FakeChannelLog log = new FakeChannelLog(clock, new FakeShards());
    private final FakeMailboxes mailboxes = new FakeMailboxes(clock);
    private final Publisher publisher = new Publisher(log, mailboxes, clock);
    private final History history = new History(log, clock);

    @Test
    void shouldGiveOutOffsetsWithoutGapsWhenPublishersRunInParallel() {
        // Given
        int publishers = 8;
        int each = 250;

        // When
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < publishers; i++) {
                executor.execute(() -> IntStream.range(0, each).forEach(n -> publish("{}")));
            }
        }

        // Then
        assertThat(offsets(read()))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, publishers * each).boxed().toList());
    }

    @Test
    void shouldHoldThePublicationInHistoryWhenPublishReturns() {
        // When
        Position position = publish("{\"b\": 1.00, \"a\": 1e2}");

        // Then
        Publication expected =
                new Publication(1, RawJson.of("{\"b\": 1.00, \"a\": 1e2}"), ClientInfo.NONE, Map.of(), clock.millis());
        assertThat(position).isEqualTo(log.state(CHANNEL).top());
        assertThat(read()).containsExactly(expected);
    }

    @Test
    void shouldHoldThePublicationInHistoryBeforeItIsSentToMailboxes() {
        // Given
        openShards(1);
        Publisher watched = new Publisher(log, letters -> assertThat(read()).hasSize(1), clock);

        // When
        Position position = watched.publish(CHANNEL, HISTORY, draft("1")).position();

        // Then
        assertThat(position.offset()).isEqualTo(1);
    }

    @Test
    void shouldGiveOutNoOffsetForATagWithoutAName() {
        // Given
        Draft nameless = new Draft(RawJson.of("1"), ClientInfo.NONE, Map.of("", "x"), "", false);

        // When / Then
        assertThatThrownBy(() -> publisher.publish(CHANNEL, HISTORY, nameless)).hasMessage("bad request");
        assertThat(log.state(CHANNEL).offset()).isZero();
    }

    @Test
    void shouldSendNothingWhenNobodyListens() {
        // When
        publish("{}");

        // Then
        assertThat(mailboxes.sent()).isEmpty();
    }

    @Test
    void shouldSendToEveryShard() {
        // Given
        openShards(3);

        // When
        Position position = publish("{\"a\":1}");

        // Then
        Publication publication =
                new Publication(1, RawJson.of("{\"a\":1}"), ClientInfo.NONE, Map.of(), clock.millis());
        assertThat(mailboxes.sent())
                .containsExactlyInAnyOrder(
                        new Mail.Published(CHANNEL, 0, position.epoch(), publication),
                        new Mail.Published(CHANNEL, 1, position.epoch(), publication),
                        new Mail.Published(CHANNEL, 2, position.epoch(), publication));
    }

    @Test
    void shouldTakeANewOffsetWhenATombstoneCameFirst() {
        // Given
        FakeChannelLog log = this.log;
        Publisher late = new Publisher(new OvertakenLog(log, 2), mailboxes, clock);
        openShards(1);

        // When
        Position position = late.publish(CHANNEL, HISTORY, draft("{}")).position();

        // Then
        assertThat(position.offset()).isEqualTo(3);
        assertThat(offsets(read())).containsExactly(3L);
        assertThat(mailboxes.sent()).hasSize(1);
    }

    @Test
    void shouldTakeANewOffsetWithAnIdempotencyKeyWhenATombstoneCameFirst() {
        // Given
        Publisher late = new Publisher(new OvertakenLog(log, 1), mailboxes, clock);

        // When
        Position position = late.publish(CHANNEL, HISTORY, draft("{}", "key")).position();

        // Then
        assertThat(position.offset()).isEqualTo(2);
        assertThat(late.publish(CHANNEL, HISTORY, draft("{}", "key")).position())
                .isEqualTo(position);
    }

    @Test
    void shouldRefuseForNowWhenItIsOvertakenOverAndOver() {
        // Given
        Publisher late = new Publisher(new OvertakenLog(log, Integer.MAX_VALUE), mailboxes, clock);

        // Then
        assertThatThrownBy(() -> late.publish(CHANNEL, HISTORY, draft("{}")))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.error().code()).isEqualTo(100));
    }

    @Test
    void shouldRefuseWhatDoesNotFitOneMessage() {
        // Given
        int overhead =
                "{\"push\":{\"channel\":\"news\",\"pub\":{\"data\":\"\",\"offset\":9223372036854775807,\"time\":1700000000000}}}"
                        .length();
        String largest = "\"" + "x".repeat(128 * 1024 - overhead) + "\"";

        // Then
        assertThat(publish(largest).offset()).isEqualTo(1);
        assertRefused(106, draft(largest.replace("\"x", "\"xx")));
        assertRefused(106, draft("\"" + "é".repeat(64 * 1024) + "\""));
        assertThat(log.state(CHANNEL).offset()).isEqualTo(1);
    }

    @Test
    void shouldRefuseWhenThereIsNoData() {
        // Then
        assertRefused(107, draft(""));
        assertThat(publish("null").offset()).isEqualTo(1);
    }

    @Test
    void shouldSendOnlyTheOffsetWhenALargePayloadGoesToManyShards() {
        // Given
        openShards(5);
        String large = "\"" + "x".repeat(60_000) + "\"";

        // When
        publish(large);

        // Then
        assertThat(mailboxes.sent()).hasSize(5).allSatisfy(mail -> {
            Publication sent = ((Mail.Published) mail).publication();
            assertThat(sent.data().isPresent()).isFalse();
            assertThat(sent.tags()).isEmpty();
            assertThat(sent.offset()).isEqualTo(1);
        });
        assertThat(read())
                .singleElement()
                .satisfies(one -> assertThat(one.data().text()).isEqualTo(large));
    }

    @Test
    void shouldCountTagsToTheSizeOfWhatIsCopied() {
        // Given
        openShards(5);
        Draft tagged = new Draft(RawJson.of("1"), ClientInfo.NONE, Map.of("t", "é".repeat(30_000)), "", false);

        // When
        publisher.publish(CHANNEL, HISTORY, tagged);

        // Then
        assertThat(mailboxes.sent())
                .allSatisfy(mail ->
                        assertThat(((Mail.Published) mail).publication().tags()).isEmpty());
    }

    @Test
    void shouldCopyALargePayloadWhereThereIsNoLogToReadItFrom() {
        // Given
        openShards(5);
        String large = "\"" + "x".repeat(60_000) + "\"";

        // When
        publisher.publish(CHANNEL, NO_HISTORY, draft(large));

        // Then
        assertThat(mailboxes.sent())
                .allSatisfy(mail -> assertThat(
                                ((Mail.Published) mail).publication().data().text())
                        .isEqualTo(large));
    }

    @Test
    void shouldKeepNothingWhenHistoryIsSkipped() {
        // Given
        openShards(1);
        Draft skipping = new Draft(RawJson.of("1"), ClientInfo.NONE, Map.of(), "", true);

        // When
        Position position = publisher.publish(CHANNEL, HISTORY, skipping).position();

        // Then
        assertThat(position).isEqualTo(Position.NONE);
        assertThat(read()).isEmpty();
        assertThat(mailboxes.sent()).hasSize(1);
    }

    @Test
    void shouldSendTheSameThingTwiceWhereThereIsNoHistory() {
        // Given
        openShards(1);

        // When
        publisher.publish(CHANNEL, NO_HISTORY, draft("1"));
        publisher.publish(CHANNEL, NO_HISTORY, draft("1"));

        // Then
        assertThat(mailboxes.sent()).hasSize(2);
    }

    @Test
    void shouldKeepTheLogWhenTheMailboxesCannotBeReached() {
        // Given
        openShards(1);

        // Then
        assertThatThrownBy(() -> failing().publish(CHANNEL, HISTORY, draft("1")))
                .hasMessage("no mailboxes");
        assertThat(offsets(read())).containsExactly(1L);
    }

    private Publisher failing() {
        Mailboxes none = letters -> {
            throw new IllegalStateException("no mailboxes");
        };
        return new Publisher(log, none, clock);
    }

    private void openShards(int count) {
        log.openShard(CHANNEL, count - 1, META_TTL);
    }

    private Position publish(String data) {
        return publisher.publish(CHANNEL, HISTORY, draft(data)).position();
    }

    private List<Publication> read() {
        return history.read(CHANNEL, HISTORY, Position.NONE, -1, false).publications();
    }

    private void assertRefused(int code, Draft draft) {
        assertThatThrownBy(() -> publisher.publish(CHANNEL, HISTORY, draft))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.error().code()).isEqualTo(code));
    }

    private static List<Long> offsets(List<Publication> publications) {
        return publications.stream().map(Publication::offset).toList();
    }

    private static Draft draft(String data) {
        return draft(data, "");
    }

    private static Draft draft(String data, String idempotencyKey) {
        return new Draft(RawJson.of(data), ClientInfo.NONE, Map.of(), idempotencyKey, false);
    }
}
