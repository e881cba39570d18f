package io.carillon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelsTest {

    private final Channels channels = channels("");

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            news,          ``,    false
            chat:room1,    chat,  false
            chat:a:b,      chat,  false
            chat:,         chat,  false
            $chat:room1,   chat,  true
            $news,         ``,    true
            :room,         ``,    false
            a.b:1,         a.b,   false
            """)
    void shouldTakeTheNamespaceBeforeTheFirstBoundary(String channel, String namespace, boolean isPrivate) {
        // Given
        Channels channels = new Channels(Config.read("""
                {"client": {"insecure": true},
                 "channel": {"namespaces": [{"name": "chat"}, {"name": "a.b"}]}}
                """));

        // When
        Resolution resolution = channels.resolve(channel);

        // Then
        assertThat(resolution).isInstanceOfSatisfying(ResolvedChannel.class, resolved -> {
            assertThat(resolved.name()).isEqualTo(channel);
            assertThat(resolved.namespace()).isEqualTo(namespace);
            assertThat(resolved.isPrivate()).isEqualTo(isPrivate);
        });
    }

    @Test
    void shouldGiveTheOptionsOfItsOwnNamespaceWhenSeveralAreConfigured() {
        assertThat(resolved(channels, "chat:room").options().historySize()).isEqualTo(10);
        assertThat(resolved(channels, "room").options().historySize()).isZero();
        assertThat(resolved(channels, "room").options().presence()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "unknown:room", "$unknown:room", "Chat:room", "chat$:room", "$$chat:room", "dialog#a:b"})
    void shouldAnswer102WhenNoNamespaceIsConfiguredForTheName(String channel) {
        assertThat(channels.resolve(channel))
                .isInstanceOfSatisfying(
                        RefusedChannel.class,
                        refused -> assertThat(refused.code()).isEqualTo(102));
    }

    @ParameterizedTest
    @ValueSource(strings = {"raum-ä", "chat:🔔", "code:12", "code:abc", "utf8:é123"})
    void shouldAnswer107WhenTheNameHoldsCharactersItMayNot(String channel) {
        assertThat(channels.resolve(channel))
                .isInstanceOfSatisfying(
                        RefusedChannel.class,
                        refused -> assertThat(refused.code()).isEqualTo(107));
    }

    @Test
    void shouldAnswer107WhenTheNameIsLongerThan255Bytes() {
        assertThat(channels.resolve("a".repeat(255))).isInstanceOf(ResolvedChannel.class);
        assertThat(channels.resolve("a".repeat(256)))
                .isEqualTo(new RefusedChannel(107, "the channel name is longer than 255 bytes"));
        // The expression of this namespace lets é in, which has two bytes.
        assertThat(channels.resolve("utf8:" + "é".repeat(125))).isInstanceOf(ResolvedChannel.class);
        assertThat(channels.resolve("utf8:" + "é".repeat(126))).isInstanceOf(RefusedChannel.class);
    }

    @Test
    void shouldLetTheExpressionSeeThePrivatePrefixWhenThereIsNoNamespace() {
        // Given
        Channels channels = channels(", \"channel_regex\": \"^[a-z]+$\"");

        // Then
        assertThat(channels.resolve("news")).isInstanceOf(ResolvedChannel.class);
        assertThat(channels.resolve("$news")).isInstanceOf(RefusedChannel.class);
        assertThat(channels.resolve("$code:1234")).isInstanceOf(ResolvedChannel.class);
    }

    @Test
    void shouldAnswerInLinearTimeWhenANameIsMadeToMakeTheExpressionBacktrack() {
        // Given
        Channels channels = channels(", \"channel_regex\": \"^(a+)+$\"");

        // Then: a backtracking engine would need 2^250 steps
        assertThat(channels.resolve("a".repeat(250) + "!")).isInstanceOf(RefusedChannel.class);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            dialog#alice,          alice, true
            `dialog#alice,bob`,    bob,   true
            dialog#alice,          bob,   false
            dialog#alice,          ``,    false
            dialog#,               ``,    true
            a#alice#bob,           bob,   true
            a#alice#bob,           alice, false
            dialog#ali,            alice, false
            dialog,                alice, false
            """)
    void shouldListTheUsersAfterTheLastBoundaryWhenTheChannelIsUserLimited(
            String channel, String user, boolean listed) {
        assertThat(resolved(channels, channel).lists(user)).isEqualTo(listed);
        assertThat(resolved(channels, channel).isUserLimited()).isEqualTo(channel.contains("#"));
    }

    @Test
    void shouldNotBeUserLimitedWhenTheNamespaceDoesNotAllowIt() {
        assertThat(resolved(channels, "chat:a#alice").isUserLimited()).isFalse();
        assertThat(resolved(channels, "chat:a#alice").lists("alice")).isFalse();
    }

    @Test
    void shouldApplyTheDefaultsOfTheSectionWhenTheNamespaceSetsNone() {
        // Given
        Channels channels = new Channels(Config.read("""
                {"client": {"insecure": true},
                 "channel": {"history_meta_ttl": "5h", "publication_data_format": "json_object",
                   "namespaces": [{"name": "own", "history_meta_ttl": "7h", "publication_data_format": "json"}]}}
                """));

        // Then
        ChannelOptions general = resolved(channels, "a").options();
        assertThat(general.historyMetaTtl()).isEqualTo(Duration.ofHours(5));
        assertThat(general.publicationDataFormat()).isEqualTo(PublicationDataFormat.JSON_OBJECT);
        ChannelOptions own = resolved(channels, "own:a").options();
        assertThat(own.historyMetaTtl()).isEqualTo(Duration.ofHours(7));
        assertThat(own.publicationDataFormat()).isEqualTo(PublicationDataFormat.JSON);
    }

    @Test
    void shouldNameThePersonalChannelByItsNamespace() {
        // Given
        Channels own = new Channels(Config.read("""
                {"client": {"insecure": true, "subscribe_to_user_personal_channel":
                   {"enabled": true, "personal_channel_namespace": "me"}},
                 "channel": {"namespaces": [{"name": "me"}]}}
                """));

        // Then
        assertThat(own.personalChannel("alice")).isEqualTo("me:#alice");
        assertThat(channels.personalChannel("alice")).isEqualTo("#alice");
    }

    @Test
    void shouldUseOtherMarksWhenTheyAreConfigured() {
        // Given
        Channels channels = new Channels(Config.read("""
                {"client": {"insecure": true},
                 "channel": {"private_prefix": "!", "namespace_boundary": "::", "user_boundary": "@", "user_separator": ";",
                   "namespaces": [{"name": "chat", "allow_user_limited_channels": true}]}}
                """));

        // Then
        ResolvedChannel resolved = resolved(channels, "!chat::a:b@alice;bob");
        assertThat(resolved.namespace()).isEqualTo("chat");
        assertThat(resolved.isPrivate()).isTrue();
        assertThat(resolved.users()).containsExactly("alice", "bob");
        assertThat(resolved(channels, "$chat:a").namespace()).isEmpty();
    }

    private static ResolvedChannel resolved(Channels channels, String channel) {
        return (ResolvedChannel) channels.resolve(channel);
    }

    private static Channels channels(String moreOptions) {
        return new Channels(Config.read("""
                {"client": {"insecure": true},
                 "channel": {
                   "without_namespace": {"presence": true, "allow_user_limited_channels": true%s},
                   "namespaces": [
                     {"name": "chat", "history_size": 10, "history_ttl": "60s"},
                     {"name": "code", "channel_regex": "^[0-9]{4}$"},
                     {"name": "utf8", "channel_regex": "^\\\\p{L}+$"}
                   ]}}
                """.formatted(moreOptions)));
    }
}
