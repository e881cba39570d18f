package io.carillon.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.delivery.Mailboxes.Letter;
import io.carillon.events.ClientInfo;
import io.carillon.events.Json;
import io.carillon.events.Mail;
import io.carillon.events.Publication;
import io.carillon.events.RawJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

class SqsMailboxesTest {

    private final FakeSqs sqs = new FakeSqs();
    private final SqsMailboxes mailboxes = new SqsMailboxes(sqs, "https://sqs/queue.fifo");

    @Test
    void shouldCallNobodyWhenThereIsNothingToSend() {
        // When
        mailboxes.send(List.of());

        // Then
        assertThat(sqs.calls()).isEmpty();
    }

    @Test
    void shouldSendTenMailboxesPerCall() {
        // Given
        List<Letter> letters = IntStream.range(0, 25)
                .mapToObj(shard -> letter("a", shard, "x"))
                .toList();

        // When
        mailboxes.send(letters);

        // Then
        assertThat(sqs.calls()).extracting(List::size).containsExactlyInAnyOrder(10, 10, 5);
        assertThat(sqs.taken().stream().map(SqsMailboxesTest::read))
                .containsExactlyInAnyOrderElementsOf(
                        letters.stream().map(Letter::mail).toList());
        assertThat(sqs.taken().stream()
                        .map(SendMessageBatchRequestEntry::messageGroupId)
                        .distinct())
                .hasSize(25)
                .contains("a#0", "a#24");
    }

    @Test
    void shouldKeepTheOrderWithinAMailboxAndPutNoTwoOfOneMailboxIntoOneCall() {
        // Given
        List<Letter> letters = new ArrayList<>();
        for (int n = 0; n < 7; n++) {
            for (int shard = 0; shard < 12; shard++) {
                letters.add(letter("a", shard, "n" + n));
            }
        }

        // When
        mailboxes.send(letters);

        // Then
        assertThat(sqs.calls())
                .allSatisfy(call -> assertThat(call.stream().map(SendMessageBatchRequestEntry::messageGroupId))
                        .doesNotHaveDuplicates());
        for (int shard = 0; shard < 12; shard++) {
            String group = "a#" + shard;
            assertThat(sqs.taken().stream()
                            .filter(entry -> entry.messageGroupId().equals(group))
                            .map(entry -> ((Mail.Unsubscribe) read(entry)).connection()))
                    .containsExactly("n0", "n1", "n2", "n3", "n4", "n5", "n6");
        }
    }

    @Test
    void shouldStopAMailboxAtItsFirstFailureSoThatSendingAgainCannotReorder() {
        // Given
        sqs.refuseOnce("a#1");
        List<Letter> letters = Stream.of("n0", "n1")
                .flatMap(n -> Stream.of(letter("a", 0, n), letter("a", 1, n)))
                .toList();

        // When
        assertThatThrownBy(() -> mailboxes.send(letters))
                .isInstanceOf(MailNotSentException.class)
                .hasMessageContaining("1 of 2")
                .hasMessageContaining("send all again");
        List<String> afterFailure = connections("a#1");
        mailboxes.send(letters);

        // Then
        assertThat(afterFailure).isEmpty();
        assertThat(connections("a#1")).containsExactly("n0", "n1");
    }

    @Test
    void shouldFailWhenOneOfManyCallsFails() {
        // Given
        sqs.refuseOnce("a#24");
        List<Letter> letters = IntStream.range(0, 25)
                .mapToObj(shard -> letter("a", shard, "x"))
                .toList();

        // Then
        assertThatThrownBy(() -> mailboxes.send(letters)).isInstanceOf(MailNotSentException.class);
    }

    @Test
    void shouldKeepCallsBelowOneMebibyte() {
        // Given
        RawJson large = RawJson.of("\"" + "\u20ac".repeat(100_000) + "\"");
        List<Letter> letters = IntStream.range(0, 10)
                .mapToObj(shard -> new Letter(
                        new Mail.Published("a", shard, "e", new Publication(1, large, ClientInfo.NONE, Map.of(), 0)),
                        "1"))
                .toList();

        // When
        mailboxes.send(letters);

        // Then
        assertThat(sqs.taken()).hasSize(10);
        assertThat(sqs.calls()).extracting(List::size).containsExactlyInAnyOrder(3, 3, 3, 1);
    }

    @Test
    void shouldSayWhatToDoWhenALetterIsTooLarge() {
        // Given
        RawJson large = RawJson.of("\"" + "x".repeat(1_100_000) + "\"");
        Publication publication = new Publication(1, large, ClientInfo.NONE, Map.of(), 0);

        // Then
        assertThatThrownBy(() -> mailboxes.send(List.of(new Letter(new Mail.Published("a", 0, "e", publication), "1"))))
                .isInstanceOf(MailNotSentException.class)
                .hasMessageContaining("send its offset only");
        assertThat(sqs.calls()).isEmpty();
    }

    @Test
    void shouldGiveEveryMailboxALegalGroupOfItsOwn() {
        // Given
        String longName = "x".repeat(126);
        List<String> channels = List.of(
                "a",
                "a#1",
                "a b",
                "\u00e9",
                longName,
                longName + "y",
                longName + "z",
                "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");

        // When
        mailboxes.send(channels.stream()
                .flatMap(channel -> Stream.of(letter(channel, 1, "x"), letter(channel, 11, "x")))
                .toList());

        // Then
        assertThat(sqs.taken().stream().map(SendMessageBatchRequestEntry::messageGroupId))
                .hasSize(channels.size() * 2)
                .doesNotHaveDuplicates()
                .allMatch(group -> group.matches("[!-~]{1,128}"));
    }

    @Test
    void shouldGiveEveryLetterALegalDedupIdThatIsUniqueInTheQueueAndAlwaysTheSame() {
        // Given
        List<Letter> letters = List.of(
                new Letter(letter("a", 1, "x").mail(), "1"),
                new Letter(letter("a", 1, "x").mail(), "2 ".repeat(100)),
                new Letter(letter("a", 11, "x").mail(), "1"),
                new Letter(letter("b", 1, "x").mail(), "1"));

        // When
        mailboxes.send(letters);
        Set<String> first = dedups();
        mailboxes.send(letters);

        // Then
        assertThat(first).hasSize(4).allMatch(dedup -> dedup.matches("[!-~]{1,128}"));
        assertThat(dedups()).isEqualTo(first);
    }

    @Test
    void shouldEscapeTheCharactersThatSqsRefuses() {
        // Given
        String text = "\"a\uFFFF\uD800b\uD83D\uDE00\"";
        Publication publication = new Publication(1, RawJson.of(text), ClientInfo.NONE, Map.of(), 0);

        // When
        mailboxes.send(List.of(new Letter(new Mail.Published("a", 0, "e", publication), "1")));

        // Then
        Mail.Published read = (Mail.Published) read(sqs.taken().getFirst());
        assertThat(read.publication().data().text()).isEqualTo("\"a\\uffff\\ud800b\uD83D\uDE00\"");
        assertThatCode(() -> Json.read(read.publication().data().text(), String.class))
                .doesNotThrowAnyException();
    }

    private List<String> connections(String group) {
        return sqs.taken().stream()
                .filter(entry -> entry.messageGroupId().equals(group))
                .map(entry -> ((Mail.Unsubscribe) read(entry)).connection())
                .distinct()
                .toList();
    }

    private Set<String> dedups() {
        return new HashSet<>(sqs.taken().stream()
                .map(SendMessageBatchRequestEntry::messageDeduplicationId)
                .toList());
    }

    private static Letter letter(String channel, int shard, String connection) {
        return new Letter(new Mail.Unsubscribe(channel, shard, connection, 1, 0, ""), connection);
    }

    private static Mail read(SendMessageBatchRequestEntry entry) {
        return Json.read(entry.messageBody(), Mail.class);
    }
}
