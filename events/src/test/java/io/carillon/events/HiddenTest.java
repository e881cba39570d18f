package io.carillon.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.events.aws.HttpAnswer;
import io.carillon.events.aws.HttpEvent;
import io.carillon.events.aws.Sample;
import io.carillon.events.aws.WebSocketEvent;
import io.carillon.events.poll.PollOpened;
import io.carillon.events.poll.PollRequest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever finds its way into a log line or an exception shows no token and no key. */
class HiddenTest {

    private static final String SECRET = "hush";

    static Stream<Class<?>> requestsWithAToken() {
        return Arrays.stream(Request.class.getPermittedSubclasses())
                .filter(type -> Arrays.stream(type.getRecordComponents())
                        .anyMatch(component -> component.getName().equals("token")));
    }

    @ParameterizedTest
    @MethodSource("requestsWithAToken")
    void shouldHideTheTokenOfEveryRequestThatHasOne(Class<? extends Request> type) {
        // Given
        Request request = Json.read("{\"token\":\"" + SECRET + "\",\"channel\":\"news\"}", type);

        // Then
        assertThat(request.toString()).startsWith(type.getSimpleName()).doesNotContain(SECRET);
        assertThat(new Command(1, request).toString()).doesNotContain(SECRET);
    }

    @Test
    void shouldKnowTheRequestsThatHaveAToken() {
        assertThat(requestsWithAToken())
                .containsExactlyInAnyOrder(
                        Request.Connect.class,
                        Request.Subscribe.class,
                        Request.Refresh.class,
                        Request.SubRefresh.class);
    }

    @Test
    void shouldHideDeviceTokensAndWhatNotificationsSay() {
        // Given
        PushRequest.DeviceRegister device = Json.read(
                "{\"provider\":\"fcm\",\"token\":\"hush\",\"user\":\"alice\"}", PushRequest.DeviceRegister.class);
        PushRequest.ProviderTokens tokens =
                Json.read("{\"provider\":\"fcm\",\"tokens\":[\"hush\"]}", PushRequest.ProviderTokens.class);
        PushNotification notification = Json.read("""
                {"title":"hush","body":"hush","data":{"a":"hush"},"fcm":{"message":{"a":"hush"}},
                 "apns":{"headers":{"apns-collapse-id":"hush"},"payload":{"a":"hush"}}}""", PushNotification.class);
        PushTemplating templating = Json.read("""
                {"localizations":{"de":{"translations":{"a":"hush"},"title":"hush","body":"hush"}}}""", PushTemplating.class);

        // Then
        assertThat(List.of(device, tokens, PushJob.of(notification, templating)))
                .allSatisfy(record -> assertThat(record.toString()).doesNotContain(SECRET))
                .anySatisfy(record -> assertThat(record.toString()).contains("alice"))
                .anySatisfy(record -> assertThat(record.toString()).contains("title=(4 characters)", "de"));
    }

    @Test
    void shouldHideTheSessionsOfLongPoll() {
        // Given
        PollRequest request = PollRequest.read("{\"session\":\"hush\",\"ack\":7,\"frame\":\"hush\"}");
        PollOpened opened = Json.read("{\"session\":\"hush\"}", PollOpened.class);

        // Then
        assertThat(request.toString()).contains("ack=7").doesNotContain(SECRET);
        assertThat(opened.toString()).contains("session=(4 characters)").doesNotContain(SECRET);
        assertThat(HttpAnswer.json(200, Json.write(opened)).toString())
                .contains("200")
                .doesNotContain(SECRET);
    }

    @Test
    void shouldHideWhatAnEventBringsAlong() {
        // Given
        String http = Sample.HTTP_REQUEST.text().replace("not-a-real-key", SECRET);
        String frame = Sample.WEBSOCKET_MESSAGE.text().replaceFirst("\"body\": \"", "\"body\": \"" + SECRET);
        String handshake = Sample.WEBSOCKET_CONNECT
                .text()
                .replaceFirst("\"headers\": \\{", "\"headers\": {\"Cookie\": \"" + SECRET + "\",")
                .replace("\"format\": \"json\"", "\"format\": \"" + SECRET + "\"");

        // Then
        assertThat(http).contains(SECRET);
        assertThat(HttpEvent.read(http).toString()).contains("x-api-key").doesNotContain(SECRET);
        assertThat(WebSocketEvent.read(frame).body()).contains(SECRET);
        assertThat(WebSocketEvent.read(frame).toString()).doesNotContain(SECRET);
        assertThat(WebSocketEvent.read(handshake).header("cookie")).isEqualTo(SECRET);
        assertThat(WebSocketEvent.read(handshake).toString()).contains("cookie").doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"token\":hush}",
                "{\"token\":\"hush",
                "hush",
                "{\"token\":[\"hush\"]}",
                "{\"subs\":\"hush\"}",
                "{\"name\":{\"hush\":1}}",
                "{\"token\":\"a\"} hush"
            })
    void shouldNotQuoteTheTextInTheExceptionWhenItCannotBeRead(String text) {
        assertThatThrownBy(() -> Json.read(text, Request.Connect.class))
                .isInstanceOf(MalformedJson.class)
                .hasMessageNotContaining(SECRET)
                .hasNoCause();
    }
}
