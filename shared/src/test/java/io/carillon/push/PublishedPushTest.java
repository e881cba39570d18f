package io.carillon.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.config.ChannelOptions;
import io.carillon.events.Json;
import io.carillon.events.Position;
import io.carillon.events.PublicationPush;
import io.carillon.events.PushJob;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishedPushTest {

    private static final ChannelOptions ALWAYS = ChannelOptions.read("{\"carillon\":{\"push\":\"always\"}}");
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
        published.send("chat:a", ALWAYS, push, AT_7, "", "");
        published.send("chat:a", ALWAYS, push, AT_7, "", "");
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
        published.send("chat:a", ALWAYS, push("{\"title\":\"Hi\"}"), AT_7, "", "alice");
        world.drain();

        // Then
        assertThat(world.gateway().sent()).hasSize(1);

        // When: another publication, of which the backend says otherwise.
        published.send("chat:a", ALWAYS, named, new Position(8, "epoch"), "", "alice");
        world.drain();

        // Then
        assertThat(world.gateway().sent()).hasSize(3);
    }

    @Test
    void shouldNameThePushAfterItsPublication() {
        // Given
        PublicationPush push = push("{\"title\":\"Hi\"}");

        // When
        String given = published.send("chat:a", ALWAYS, push, AT_7, "", "");
        published.send("chat:a", ALWAYS, push, AT_7, "key", "");
        published.send("chat:a", ALWAYS, push, Position.NONE, "key", "");
        published.send("chat:a", ALWAYS, push, Position.NONE, "key", "");
        published.send("chat:a", ALWAYS, push, Position.NONE, "", "");
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
        published.send("chat:a", offline, push("{\"title\":\"Hi\"}"), AT_7, "", "");

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
        published.send("chat:a", offline, push("{\"title\":\"Hi\",\"recipients\":[\"alice\",\"bob\"]}"), AT_7, "", "");
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
                {"title":"Hello","recipients":["alice"],"localizations":{"pt":{"title":"Olá"}}}"""), AT_7, "", "");
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

    private static PublicationPush push(String json) {
        return Json.read(json, PublicationPush.class);
    }
}
