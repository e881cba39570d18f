package io.carillon.local.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.Config;
import io.carillon.events.Json;
import io.carillon.local.Await;
import io.carillon.local.aws.sns.SentPush;
import io.carillon.local.observe.Talker;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mobile push from the client's registration to what a phone would have got, through the real handlers. */
class PushRuntimeTest extends PushRuntime {

    private static final Config CONFIG = Config.read("""
            {"client":{"allowed_origins":["https://*.app.example"],"token":{"hmac_secret_key":"%s"}},"http_api":{"key":"key"},
             "carillon":{"push_client_topics":["public-*"]},
             "channel":{"namespaces":[
              {"name":"chat","history_size":10,"history_ttl":"60s","carillon":{"push":"offline"}},
              {"name":"quiet","history_size":10,"history_ttl":"60s"},
              {"name":"loud","carillon":{"push":"always"}}]}}""".formatted(SECRET));

    @Override
    Config config() {
        return CONFIG;
    }

    @AfterEach
    void heal() {
        runtime().faults().replace(List.of(), 1);
    }

    @Test
    void shouldNotifyTheMembersOfAChannelWhenAPublicationHasAPush() {
        // Given
        register("alice", "fcm", "android", "alice-phone");
        register("bob", "apns", "ios", "bob-phone");
        ask("member_update", "{\"channel\":\"chat:a\",\"op\":\"add\",\"users\":[\"alice\"]}");

        // When
        JsonNode published = ask("publish", """
                {"channel":"chat:a","data":{"text":"hello"},
                 "push":{"title":"Alice","body":"hello","recipients":["bob"]}}""");

        // Then
        assertThat(published.path("result").path("offset").asInt()).isEqualTo(1);
        Await.until("the push to alice", () -> !sentTo("alice-phone").isEmpty());
        Await.until("the push to bob", () -> !sentTo("bob-phone").isEmpty());
        String uid = published.path("result").path("push_uid").textValue();
        Await.until(
                "both to have a status",
                () -> ask("push_status", "{\"uid\":\"" + uid + "\"}")
                                .path("result")
                                .path("items")
                                .size()
                        == 2);
        SentPush toAlice = sentTo("alice-phone").getFirst();
        assertThat(toAlice.platform()).isEqualTo("GCM");
        assertThat(Json.read(toAlice.payload(), JsonNode.class)
                        .at("/fcmV1Message/message/notification/body")
                        .asText())
                .isEqualTo("hello");
        SentPush toBob = sentTo("bob-phone").getFirst();
        assertThat(toBob.platform()).isEqualTo("APNS");
        assertThat(Json.read(toBob.payload(), JsonNode.class)
                        .at("/aps/alert/title")
                        .asText())
                .isEqualTo("Alice");
        assertThat(toBob.attributes()).containsEntry("AWS.SNS.MOBILE.APNS.PUSH_TYPE", "alert");
    }

    @Test
    void shouldTellPrometheusHowDeepBothQueuesAre() {
        assertThat(new String(runtime().metrics().text(), StandardCharsets.UTF_8))
                .contains("carillon_queue_messages{queue=\"mailboxes\"}", "carillon_queue_messages{queue=\"push\"}")
                .contains("carillon_queue_oldest_seconds{queue=\"push\"}")
                .contains("carillon_queue_dead_letters{queue=\"mailboxes\"} 0.0");
    }

    @Test
    void shouldLeaveAUserAloneWhoIsConnected() {
        // Given
        register("judy", "fcm", "android", "judy-phone");
        register("ken", "fcm", "android", "ken-phone");
        Talker judy = connect("judy");

        // When
        ask("publish", """
                {"channel":"chat:c","data":1,"push":{"title":"Away","recipients":["judy","ken"]}}""");
        String later = sendTo("judy", "Anyway");

        // Then
        Await.until("the push to ken", () -> !sentTo("ken-phone").isEmpty());
        awaitStatus(later, "sent");
        assertThat(sentTo("judy-phone")).extracting(SentPush::payload).noneMatch(payload -> payload.contains("Away"));
        judy.close();
    }

    @Test
    void shouldNotifyOnceWhenTheBatchIsDeliveredTwiceAndThePublicationRepeated() {
        // Given
        register("carol", "fcm", "android", "carol-phone");
        runtime().faults().replace(List.of("duplicate-batch"), 1);
        String publish = """
                {"channel":"chat:b","data":1,"idempotency_key":"k","push":{"title":"Once","recipients":["carol"]}}""";

        // When
        ask("publish", publish);
        ask("publish", publish);
        String later = sendTo("carol", "after");

        // Then
        awaitStatus(later, "sent");
        assertThat(sentTo("carol-phone"))
                .filteredOn(push -> push.payload().contains("Once"))
                .hasSize(1);
        assertThat(sentTo("carol-phone"))
                .filteredOn(push -> push.payload().contains("after"))
                .hasSize(1);
    }

    @Test
    void shouldForgetTheDeviceWhenItsTokenIsDead() {
        // Given
        register("dave", "fcm", "android", "dave-phone");
        runtime().faults().replace(List.of("dead-token count=1"), 1);

        // When
        String uid = sendTo("dave", "Hi");

        // Then
        awaitStatus(uid, "token_dead");
        JsonNode left = ask("device_list", "{\"users\":[\"dave\"]}");
        assertThat(left.at("/result/items")).isEmpty();
    }

    @Test
    void shouldSendInTheEndWhenSnsThrottles() {
        // Given
        register("erin", "fcm", "android", "erin-phone");
        runtime().faults().replace(List.of("throttle service=sns function=push count=1"), 1);

        // When
        String uid = sendTo("erin", "Hi");

        // Then
        awaitStatus(uid, "sent");
        assertThat(sentTo("erin-phone")).hasSize(1);
    }

    @Test
    void shouldLetClientsRegisterOnlyTheirOwnDeviceAndAllowedTopics() {
        // Given
        String id = register("frank", "fcm", "android", "frank-phone");
        String body =
                "{\"id\":\"%s\",\"provider\":\"fcm\",\"token\":\"%s\",\"platform\":\"android\",\"topics\":[\"%s\"]}";

        // Then
        assertThat(devices("", body.formatted("", "t", "public-1")).statusCode())
                .isEqualTo(401);
        assertThat(devices(token("frank"), body.formatted(id, "frank-phone", "public-1"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(devices(token("frank"), body.formatted(id, "frank-phone", "secret"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(devices(token("grace"), body.formatted(id, "stolen", "public-1"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(devices(token("frank"), "{\"provider\":\"hms\"}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void shouldLetClientsForgetTheirOwnDeviceAlone() {
        // Given
        String id = register("heidi", "fcm", "android", "heidi-phone");

        // When
        int byAnother = delete("/devices/" + id, token("ivan"));
        int byHerself = delete("/devices/" + id, token("heidi"));

        // Then
        assertThat(byAnother).isEqualTo(403);
        assertThat(byHerself).isEqualTo(200);
        assertThat(ask("device_list", "{\"users\":[\"heidi\"]}").at("/result/items"))
                .isEmpty();
    }

    @Test
    void shouldRefuseAPushWhereTheNamespaceHasNone() {
        // When
        JsonNode answer = ask("publish", "{\"channel\":\"quiet:a\",\"data\":1,\"push\":{\"title\":\"Hi\"}}");

        // Then
        assertThat(answer.at("/error/code").asInt()).isEqualTo(107);
        assertThat(answer.at("/error/message").asText()).contains("carillon.push");
        JsonNode history = ask("history", "{\"channel\":\"quiet:a\",\"limit\":10}");
        assertThat(history.at("/result/publications")).isEmpty();
    }

    @Test
    void shouldRefuseFieldsThatWouldBeIgnored() {
        // When
        JsonNode unknown = ask("publish", "{\"channel\":\"chat:a\",\"data\":1,\"push\":{\"title\":\"a\",\"badge\":1}}");
        JsonNode nothing = ask("publish", "{\"channel\":\"chat:a\",\"data\":1,\"push\":{\"badge\":1}}");
        JsonNode sent = ask(
                "send_push_notification",
                "{\"recipient\":{\"users\":[\"a\"]},\"notification\":{\"title\":\"a\",\"apns\":{\"topic\":\"x\"}}}");
        HttpResponse<String> device = send(to("/devices", "Bearer " + token("mallory"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"provider\":\"fcm\",\"platform\":\"web\",\"token\":\"m\",\"user\":\"alice\"}")));
        String member = "{\"channel\":\"%s\",\"op\":\"%s\",\"users\":[\"alice\"]}";

        // Then
        assertThat(unknown.at("/error/code").asInt()).isEqualTo(107);
        assertThat(unknown.at("/error/message").asText()).contains("push.badge");
        assertThat(nothing.at("/error/message").asText()).contains("push.badge");
        assertThat(sent.at("/error/message").asText()).contains("notification.apns.topic");
        assertThat(device.statusCode()).isEqualTo(400);
        assertThat(device.body()).contains("107", "and no user");
        assertThat(ask("member_update", member.formatted("nowhere:a", "add"))
                        .at("/error/code")
                        .asInt())
                .isEqualTo(102);
        assertThat(ask("member_update", member.formatted("quiet:a", "add"))
                        .at("/error/message")
                        .asText())
                .contains("carillon.push \"never\"");
        assertThat(ask("member_update", member.formatted("quiet:a", "remove")).has("error"))
                .isFalse();
    }

    @Test
    void shouldLetABrowserRegisterFromAnotherOriginThatIsAllowed() {
        // When
        HttpResponse<String> preflight = send(HttpRequest.newBuilder(uri("/devices"))
                .header("Origin", "https://chat.app.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        HttpResponse<String> refused = send(HttpRequest.newBuilder(uri("/devices"))
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        HttpResponse<String> answer = send(to("/devices", "Bearer " + token("otto"))
                .header("Origin", "https://chat.app.example")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"provider\":\"fcm\",\"platform\":\"web\",\"token\":\"otto-browser\"}")));

        // Then
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(header(preflight, "access-control-allow-origin")).isEqualTo("https://chat.app.example");
        assertThat(header(preflight, "access-control-allow-headers").split(","))
                .contains("authorization", "content-type");
        assertThat(header(preflight, "access-control-allow-methods").split(",")).contains("POST", "DELETE");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(header(refused, "access-control-allow-origin")).isEmpty();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(header(answer, "access-control-allow-origin")).isEqualTo("https://chat.app.example");
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
