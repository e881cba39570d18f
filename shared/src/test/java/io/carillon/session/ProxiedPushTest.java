package io.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.carillon.config.Config;
import io.carillon.dynamodb.PushStores;
import io.carillon.events.PushJob;
import io.carillon.fakes.FakeClock;
import io.carillon.fakes.FakePushGateway;
import io.carillon.push.PushPorts;
import io.carillon.testing.Logged;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pushes that a backend gives to the publications of clients. */
class ProxiedPushTest {

    private static final String BACKEND = "https://proxied-push.example/publish";
    private static final PushPorts STORES =
            PushStores.ports("proxied-push", new FakeClock(), new FakePushGateway(), (jobs, delay) -> {});
    private static final Config CONFIG = Config.read("""
            {"client":{"token":{"hmac_secret_key":"%s"}},"http_api":{"key":"%s"},
             "channel":{"proxy":{"publish":{"endpoint":"%s","on_failure":{"allow":true}}},"namespaces":[
              {"name":"away","history_size":10,"history_ttl":"60s","publish_proxy_enabled":true,
               "carillon":{"push":"offline","push_delay":"30s"}},
              {"name":"loud","history_size":10,"history_ttl":"60s","publish_proxy_enabled":true,
               "allow_publish_for_client":true,"carillon":{"push":"always"}},
              {"name":"open","history_size":10,"history_ttl":"60s","allow_publish_for_client":true,
               "carillon":{"push":"always"}},
              {"name":"quiet","history_size":10,"history_ttl":"60s","publish_proxy_enabled":true}]}}""".formatted(TestCarillon.SECRET, TestCarillon.KEY, BACKEND));

    private final List<PushJob> queue = new ArrayList<>();
    private final List<Duration> delays = new ArrayList<>();
    private final TestCarillon carillon = TestCarillon.of(CONFIG, ports());
    private final TestClient alice = carillon.connect("alice");

    @RegisterExtension
    private final Logged log = new Logged(Level.ERROR);

    /** A push may only be queued when the log holds its publication, which is looked at then. */
    private PushPorts ports() {
        return new PushPorts(
                STORES.devices(),
                STORES.userTopics(),
                STORES.members(),
                STORES.sends(),
                STORES.gateway(),
                (jobs, delay) -> {
                    assertThat(history(jobs.getFirst().channel())).contains("\"offset\":1");
                    queue.addAll(jobs);
                    delays.add(delay);
                });
    }

    @Test
    void shouldTellThoseWhoAreAwayWhatTheBackendSays() {
        // Given
        answer("{\"title\":\"Alice\",\"body\":\"hello\",\"recipients\":[\"bob\"]}");

        // When
        alice.sends(publish(2, "away:a", "{\"text\":\"hello\"}"));

        // Then
        assertThat(alice.received()).containsExactly("{\"id\":2,\"publish\":{}}");
        assertThat(queue).hasSize(2).allMatch(PushJob::offlineOnly);
        assertThat(queue.getFirst().channel()).isEqualTo("away:a");
        assertThat(queue.getLast().users()).containsExactly("bob");
        assertThat(queue).extracting(job -> job.notification().body()).containsOnly("hello");
        assertThat(delays).containsExactly(Duration.ofSeconds(30));
        assertThat(history("away:a")).contains("\"text\":\"hello\"", "\"user\":\"alice\"");
    }

    @Test
    void shouldTellThoseWhoAreConnectedTooWhereTheNamespaceSaysAlways() {
        // Given
        answer("{\"title\":\"Hi\"}");

        // When
        alice.sends(publish(2, "loud:a", "1"));

        // Then
        assertThat(queue).singleElement().matches(job -> !job.offlineOnly());
    }

    @Test
    void shouldNameThePushAsTheServerApiDoes() {
        // Given: the backend knows the message by its client's id
        carillon.backends().answer(BACKEND, "{\"result\":{\"idempotency_key\":\"m1\",\"push\":{\"title\":\"Hi\"}}}");

        // When: the client repeats itself, and so does the backend
        alice.sends(publish(2, "loud:a", "1"), publish(3, "loud:a", "1"));
        String repeated = carillon.api(
                "publish",
                "{\"channel\":\"loud:a\",\"data\":1,\"idempotency_key\":\"m1\",\"push\":{\"title\":\"Hi\"}}");

        // Then
        String uid = queue.getFirst().notification().uid();
        assertThat(queue).hasSize(3).extracting(job -> job.notification().uid()).containsOnly(uid);
        assertThat(repeated).contains("\"offset\":1", "\"push_uid\":\"" + uid + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "quiet:a | {'title':'Hi'}             | carillon.push \"never\"",
                "loud:a  | {'title':'Hi','badge':1}   | does not support push.badge",
                "loud:a  | {'badge':1}                | does not support push.badge",
                "loud:a  | {'title':7.5,'fcm':[]}     | another form than expected",
                "loud:a  | {'recipients':['bob']}     | is empty",
                "loud:a  | {'title':'Hi','uid':'own'} | push.uid",
                "loud:a  | {'title':'{{l10n.hi}}','use_templating':true} | no language translates l10n.hi"
            })
    void shouldPublishNothingAndSayWhyWhenThePushIsInvalid(String channel, String push, String reason) {
        // Given: "allow" is for a backend that is down, not for one that is wrong
        answer(push.replace('\'', '"'));

        // When
        alice.sends(publish(2, channel, "1"));

        // Then
        assertThat(alice.received()).containsExactly(Say.temporary(2, 100, "internal server error"));
        assertThat(history(channel)).contains("\"publications\":[]");
        assertThat(queue).isEmpty();
        assertThat(log.errors(BACKEND)).singleElement().asString().contains(reason);
    }

    @Test
    void shouldPublishNothingWhereThereIsNoMobilePush() {
        // Given
        TestCarillon without = TestCarillon.of(CONFIG);
        without.backends().answer(BACKEND, "{\"result\":{\"push\":{\"title\":\"Hi\"}}}");
        TestClient bob = without.connect("bob");

        // When
        bob.sends(publish(2, "loud:a", "1"));

        // Then
        assertThat(bob.received()).containsExactly(Say.temporary(2, 100, "internal server error"));
        assertThat(without.api("history", "{\"channel\":\"loud:a\",\"limit\":9}"))
                .contains("\"publications\":[]");
        assertThat(log.errors(BACKEND)).singleElement().asString().contains("no mobile push");
    }

    @Test
    void shouldTellNobodyOfWhatIsRefused() {
        // Given
        String tooLarge = "\"" + "x".repeat(128 * 1024) + "\"";
        carillon.backends()
                .answer(BACKEND, "{\"result\":{\"data\":%s,\"push\":{\"title\":\"Hi\"}}}".formatted(tooLarge));

        // When
        alice.sends(publish(2, "loud:a", "1"));

        // Then
        assertThat(alice.received()).containsExactly(Say.error(2, 106, "limit exceeded"));
        assertThat(queue).isEmpty();
    }

    @Test
    void shouldNotLetAClientBringAPushOfItsOwn() {
        // Given: one namespace asks nobody, one asks a backend that has no push, and one a backend that is down
        String push =
                "{\"id\":%d,\"publish\":{\"channel\":\"%s\",\"data\":{\"push\":{\"title\":\"Spam\"}},\"push\":{\"title\":\"Spam\"}}}";
        carillon.backends().answer(BACKEND, "{\"result\":{}}");

        // When
        alice.sends(push.formatted(2, "open:a"), push.formatted(3, "loud:a"));
        carillon.backends().fail(BACKEND, 503);
        alice.sends(push.formatted(4, "away:a"));

        // Then
        assertThat(alice.received())
                .containsExactly("{\"id\":2,\"publish\":{}}", "{\"id\":3,\"publish\":{}}", "{\"id\":4,\"publish\":{}}");
        assertThat(queue).isEmpty();
    }

    private void answer(String push) {
        carillon.backends().answer(BACKEND, "{\"result\":{\"push\":%s}}".formatted(push));
    }

    private String history(String channel) {
        return carillon.api("history", "{\"channel\":\"%s\",\"limit\":9}".formatted(channel));
    }

    private static String publish(int id, String channel, String data) {
        return "{\"id\":%d,\"publish\":{\"channel\":\"%s\",\"data\":%s}}".formatted(id, channel, data);
    }
}
