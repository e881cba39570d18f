package io.carillon.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.channel.Published;
import io.carillon.config.ChannelOptions;
import io.carillon.events.ClientInfo;
import io.carillon.events.Json;
import io.carillon.events.Position;
import io.carillon.events.Publication;
import io.carillon.events.PublicationPush;
import io.carillon.events.PushJob;
import io.carillon.events.RawJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PublishedPushTest {

    private static final ChannelOptions ALWAYS = ChannelOptions.read("{\"carillon\":{\"push\":\"always\"}}");
    private static final RawJson DATA = RawJson.of("1");
    private static final Position AT_7 = new Position(7, "epoch");

    private final PushWorld world = new PushWorld();
    private final PublishedPush published = new PublishedPush(world.ports().queue(), world.clock());

    @Test
    void shouldReachMembersAndNamedUsersOnceEach() {
        // Given
        world.register("a", "alice");
        world.register("b", "bob");
        world.register("c", "carol");
        world.ask("member_update", "{\"channel\":\"chat:a\",\"op\":\"add\",\"users\":[\"alice\",\"bob\",\"carol\"]}");
        world.ask("member_update", "{\"channel\":\"chat:a\",\"op\":\"remove\",\"users\":[\"carol\"]}");
        PublicationPush push = push("{\"title\":\"Hi\",\"recipients\":[\"bob\"]}");

        // When
        published.send("chat:a", ALWAYS, push, by("", AT_7), DATA, "");
        published.send("chat:a", ALWAYS, push, by("", AT_7), DATA, "");
        world.drain();

        // Then
        assertThat(world.gateway().sent()).hasSize(2);
    }

    @Test
    void shouldNotTellTheAuthorButAnybodyWhoIsNamed() {
        // Given
        world.register("author", "alice");
        world.register("reader", "bob");
        world.ask("member_update", "{\"channel\":\"chat:a\",\"op\":\"add\",\"users\":[\"alice\",\"bob\"]}");
        PublicationPush named = push("{\"title\":\"Hi\",\"recipients\":[\"alice\"]}");

        // When
        published.send("chat:a", ALWAYS, push("{\"title\":\"Hi\"}"), by("alice", AT_7), DATA, "");
        world.drain();

        // Then
        assertThat(world.gateway().sent()).hasSize(1);

        // When: another publication, of which the backend says otherwise.
        published.send("chat:a", ALWAYS, named, by("alice", new Position(8, "epoch")), DATA, "");
        world.drain();

        // Then
        assertThat(world.gateway().sent()).hasSize(3);
    }

    @Test
    void shouldNameThePushAfterItsPublication() {
        // Given
        PublicationPush push = push("{\"title\":\"Hi\"}");

        // When
        String given = published.send("chat:a", ALWAYS, push, by("", AT_7), DATA, "");
        published.send("chat:a", ALWAYS, push, by("", AT_7), DATA, "key");
        published.send("chat:a", ALWAYS, push, by("", Position.NONE), DATA, "key");
        published.send("chat:a", ALWAYS, push, by("", Position.NONE), DATA, "key");
        published.send("chat:a", ALWAYS, push, by("", Position.NONE), DATA, "");
        List<String> names =
                world.queued().stream().map(job -> job.notification().uid()).toList();

        // Then
        assertThat(names.get(0)).isEqualTo(given).isEqualTo(names.get(1)).isNotEqualTo(names.get(2));
        assertThat(names.get(2)).isEqualTo(names.get(3)).isNotEqualTo(names.get(4));
    }

    @Test
    void shouldWaitAndLeaveConnectedUsersAloneWhenTheNamespaceSaysSo() {
        // Given
        ChannelOptions offline = ChannelOptions.read("{\"carillon\":{\"push\":\"offline\",\"push_delay\":\"30s\"}}");

        // When
        published.send("chat:a", offline, push("{\"title\":\"Hi\"}"), by("", AT_7), DATA, "");

        // Then
        assertThat(world.delays()).containsExactly(Duration.ofSeconds(30));
        assertThat(world.queued()).allMatch(PushJob::offlineOnly);
    }

    @Test
    void shouldTellNobodyWhoHasComeBackAndGoneWithinTheDelay() {
        // Given
        ChannelOptions offline = ChannelOptions.read("{\"carillon\":{\"push\":\"offline\",\"push_delay\":\"30s\"}}");
        world.register("a", "alice");
        world.register("b", "bob");
        world.connections().noteConnected("bob");
        world.clock().advance(Duration.ofSeconds(1));

        // When: alice comes after the publication, bob came before
        published.send(
                "chat:a",
                offline,
                push("{\"title\":\"Hi\",\"recipients\":[\"alice\",\"bob\"]}"),
                by("", AT_7),
                DATA,
                "");
        String uid = world.queued().getFirst().notification().uid();
        world.clock().advance(Duration.ofSeconds(1));
        world.connections().noteConnected("alice");
        world.clock().advance(Duration.ofSeconds(29));
        world.drain();

        // Then
        assertThat(world.status(uid)).containsExactly("b SENT", "user:alice CONNECTED");
    }

    @Test
    void shouldTellEachDeviceInItsLanguage() {
        // Given
        world.register("a", "alice");
        world.ask("device_update", "{\"ids\":[\"a\"],\"locale_update\":{\"locale\":\"pt-BR\"}}");

        // When
        published.send("chat:a", ALWAYS, push("""
                {"title":"Hello","recipients":["alice"],"localizations":{"pt":{"title":"Olá"}}}"""), by("", AT_7), DATA, "");
        world.drain();

        // Then
        assertThat(world.gateway().sent())
                .singleElement()
                .satisfies(sent -> assertThat(sent.message().body()).contains("Olá"));
    }

    @Test
    void shouldRefuseBeforeAnythingIsPublished() {
        assertThatThrownBy(() -> published.check(ChannelOptions.DEFAULTS, push("{\"title\":\"Hi\"}")))
                .isInstanceOf(PushRefused.class)
                .hasMessageContaining("\"always\" or \"offline\"");
        assertThatThrownBy(() -> published.check(ALWAYS, push("{\"recipients\":[\"bob\"]}")))
                .hasMessageContaining("is empty");
        assertThatThrownBy(() -> published.check(ALWAYS, push("{\"title\":\"Hi\",\"recipients\":[\"\"]}")))
                .hasMessageContaining("empty name");
        assertThatThrownBy(() -> published.check(ALWAYS, push("{\"title\":\"{{l10n.hi}}\",\"use_templating\":true}")))
                .hasMessageContaining("no language translates l10n.hi");
    }

    @Test
    void shouldTellNobodyOfWhatARepeatSaysOtherwise() {
        // Given
        world.register("b", "bob");
        PublicationPush push = push("{\"title\":\"never published\",\"recipients\":[\"bob\"]}");

        // When
        String first = published.send("chat:a", ALWAYS, push, by("", AT_7), RawJson.of("2"), "key");
        published.send("chat:a", ALWAYS, push, new Published(AT_7, Optional.empty()), DATA, "key");
        String forgotten =
                published.send("chat:a", ALWAYS, push, new Published(Position.NONE, Optional.empty()), DATA, "key");

        // Then
        assertThat(world.queued()).isEmpty();
        assertThat(first).isNotEmpty();
        assertThat(forgotten).isEmpty();
    }

    @Test
    void shouldNameAnotherPublicationOtherwiseWhenAKeyIsUsedAgainMuchLater() {
        // Given
        PublicationPush push = push("{\"title\":\"Hi\"}");

        // When
        String first = published.send("chat:a", ALWAYS, push, by("", Position.NONE), DATA, "key");
        world.clock().advance(Duration.ofMinutes(6));
        String second = published.send("chat:a", ALWAYS, push, by("", Position.NONE), DATA, "key");

        // Then
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void shouldRefuseNamesThatAreTooLongForATableAlsoWithoutAPublication() {
        assertThatThrownBy(() -> world.send("{\"users\":[\"" + "n".repeat(513) + "\"]}", "long"))
                .isInstanceOf(PushRefused.class)
                .hasMessageContaining("users");
        assertThat(world.queued()).isEmpty();
    }

    @Test
    void shouldQueueOnceMoreWhatTheQueueDidNotTake() {
        // Given
        AtomicInteger calls = new AtomicInteger();
        PublishedPush unlucky = new PublishedPush(
                (jobs, delay) -> {
                    if (calls.incrementAndGet() == 1) {
                        throw new IllegalStateException("throttled");
                    }
                    world.ports().queue().send(jobs, delay);
                },
                world.clock());

        // When
        unlucky.send("chat:a", ALWAYS, push("{\"title\":\"Hi\"}"), by("", AT_7), DATA, "");

        // Then
        assertThat(world.queued()).hasSize(1);
    }

    @Test
    void shouldCountTheNameAmongTheBytesAndRefuseWhatIsOverBeforeItIsSent() {
        // Given
        ChannelOptions late = ChannelOptions.read("{\"carillon\":{\"push\":\"always\",\"push_delay\":\"30s\"}}");
        long soon = world.clock().instant().getEpochSecond() + 10;
        String body = "x".repeat(4_040);

        // Then
        assertThatThrownBy(() -> published.check(ALWAYS, push("{\"title\":\"" + body + "\"}")))
                .hasMessageContaining("bytes");
        published.check(ALWAYS, push("{\"title\":\"Hi\",\"expire_at\":" + soon + "}"));
        assertThatThrownBy(() -> published.check(late, push("{\"title\":\"Hi\",\"expire_at\":" + soon + "}")))
                .hasMessageContaining("push_delay");
        assertThatThrownBy(() -> published.check(
                        ALWAYS, push("{\"title\":\"Hi\",\"recipients\":[\"" + "n".repeat(513) + "\"]}")))
                .hasMessageContaining("push.recipients");
    }

    /** A publication as it stands. */
    private Published by(String author, Position position) {
        ClientInfo info = new ClientInfo(author, "", RawJson.NONE, RawJson.NONE);
        return new Published(
                position,
                Optional.of(new Publication(
                        position.offset(), DATA, info, Map.of(), world.clock().millis())));
    }

    private static PublicationPush push(String json) {
        return Json.read(json, PublicationPush.class);
    }
}
