package io.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.Carillon;
import io.carillon.config.Config;
import io.carillon.events.aws.HttpAnswer;
import io.carillon.events.aws.HttpEvent;
import io.carillon.testing.TestCarillon;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpFrontTest {

    private static final String PUBLISH = "{\"channel\":\"news\",\"data\":1}";
    private static final String KEY = TestCarillon.KEY;

    private final TestCarillon carillon = TestCarillon.with("", "");

    @Test
    void shouldTakeTheKeyFromEachOfItsPlaces() {
        // When
        HttpAnswer header = publish(Map.of("x-api-key", KEY), Map.of());
        HttpAnswer authorization = publish(Map.of("authorization", "apikey " + KEY), Map.of());
        HttpAnswer capitals = publish(Map.of("authorization", "ApiKey  " + KEY), Map.of());
        HttpAnswer query = publish(Map.of(), Map.of("api_key", KEY));
        HttpAnswer queryAfterWrong = publish(Map.of("x-api-key", "wrong"), Map.of("api_key", KEY));

        // Then
        assertThat(new HttpAnswer[] {header, authorization, capitals, query, queryAfterWrong})
                .allSatisfy(answer -> assertThat(answer)
                        .isEqualTo(new HttpAnswer(200, Map.of("content-type", "application/json"), "{\"result\":{}}")));
    }

    @Test
    void shouldAnswerABare401WithoutTheKey() {
        // When
        HttpAnswer none = publish(Map.of(), Map.of());
        HttpAnswer wrong = publish(Map.of("x-api-key", KEY + "x"), Map.of());
        HttpAnswer prefix = publish(Map.of("x-api-key", KEY.substring(1)), Map.of());
        HttpAnswer empty = publish(Map.of("x-api-key", ""), Map.of("api_key", ""));
        HttpAnswer scheme = publish(Map.of("authorization", "Bearer " + KEY), Map.of());
        HttpAnswer bare = publish(Map.of("authorization", KEY), Map.of());
        HttpAnswer authorizationAfterWrong =
                publish(Map.of("x-api-key", "wrong", "authorization", "apikey " + KEY), Map.of());

        // Then
        assertThat(new HttpAnswer[] {none, wrong, prefix, empty, scheme, bare, authorizationAfterWrong})
                .containsOnly(HttpAnswer.status(401));
    }

    @Test
    void shouldLetNobodyInWhileNoKeyIsSet() {
        // Given
        HttpFront front = front("\"http_api\":{}");

        // When
        HttpAnswer answer =
                front.answer(event("POST", "/api/info", Map.of("x-api-key", ""), Map.of("api_key", ""), ""));

        // Then
        assertThat(answer).isEqualTo(HttpAnswer.status(401));
    }

    @Test
    void shouldAcceptTheOldKeyAndTheNewWhileOneReplacesTheOther() {
        // Given
        HttpFront during = front("\"http_api\":{\"key\":\"new\",\"keys\":[\"old\",\"another\"]}");
        HttpFront after = front("\"http_api\":{\"key\":\"new\"}");
        HttpFront onlyList = front("\"http_api\":{\"keys\":[\"old\"]}");

        // Then
        for (String key : new String[] {"new", "old", "another"}) {
            assertThat(info(during, key).statusCode()).isEqualTo(200);
        }
        assertThat(info(during, "ol").statusCode()).isEqualTo(401);
        assertThat(info(during, "").statusCode()).isEqualTo(401);
        assertThat(info(after, "old").statusCode()).isEqualTo(401);
        assertThat(info(onlyList, "old").statusCode()).isEqualTo(200);
        assertThat(info(onlyList, "").statusCode()).isEqualTo(401);
    }

    private static HttpAnswer info(HttpFront front, String key) {
        return front.answer(event("POST", "/api/info", Map.of("x-api-key", key), Map.of(), ""));
    }

    @Test
    void shouldLetEverybodyInWhenInsecure() {
        // Given
        HttpFront front = front("\"http_api\":{\"insecure\":true}");

        // When
        HttpAnswer answer = front.answer(event("POST", "/api/info", Map.of(), Map.of(), ""));

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/dance, 404",
        "POST, /api/rpc, 404",
        "POST, /apiary, 404",
        "POST, /other, 404",
        "GET, /api/info, 405"
    })
    void shouldAnswerAStatusForWhatIsNotThere(String method, String path, int status) {
        // When
        HttpAnswer answer =
                carillon.carillon().httpFront().answer(event(method, path, Map.of("x-api-key", KEY), Map.of(), "{}"));

        // Then
        assertThat(answer).isEqualTo(HttpAnswer.status(status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "[]", "{\"channel\":1}", "{\"channel\":\"news\",\"data\":1", "{} {}"})
    void shouldAnswer400ToABodyThatCannotBeRead(String body) {
        // When
        HttpAnswer answer = carillon.http("/api/publish", Map.of("x-api-key", KEY), Map.of(), body);

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"code\":107,\"message\":\"bad request: ");
    }

    @Test
    void shouldAnswer400ToABodyThatIsNotUtf8() {
        // When
        HttpAnswer answer = carillon.carillon()
                .httpFront()
                .answer(new HttpEvent(
                        "POST",
                        "/api/info",
                        "/api/info",
                        Map.of("x-api-key", KEY),
                        Map.of(),
                        "",
                        false,
                        "192.0.2.1",
                        "request"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"code\":107,\"message\":\"bad request: the body is not UTF-8\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "publish, news, 400, 107",
        "publish, nowhere:1, 404, 102",
        "history, news, 400, 108",
        "presence, news, 400, 108"
    })
    void shouldAnswerStatusesForErrorsOnlyWhenAsked(String method, String channel, int status, int code) {
        // Given
        String body = "{\"channel\":\"" + channel + "\"}";

        // When
        HttpAnswer plain = carillon.http("/api/" + method, Map.of("x-api-key", KEY), Map.of(), body);
        HttpAnswer transport = carillon.http(
                "/api/" + method, Map.of("x-api-key", KEY, "x-centrifugo-error-mode", "transport"), Map.of(), body);

        // Then
        assertThat(plain.statusCode()).isEqualTo(200);
        assertThat(plain.body()).startsWith("{\"error\":{\"code\":" + code + ",");
        assertThat(transport.statusCode()).isEqualTo(status);
        assertThat(transport.body()).startsWith("{\"code\":" + code + ",\"message\":");
    }

    @Test
    void shouldTakeAnEmptyBodyForAnEmptyObject() {
        // When
        HttpAnswer answer = carillon.http("/api/channels", Map.of("x-api-key", KEY), Map.of(), "");

        // Then
        assertThat(answer.body()).isEqualTo("{\"result\":{\"channels\":{}}}");
    }

    private HttpAnswer publish(Map<String, String> headers, Map<String, String> query) {
        return carillon.http("/api/publish", headers, query, PUBLISH);
    }

    private HttpFront front(String httpApi) {
        Config config = Config.read("{\"client\":{\"insecure\":true}," + httpApi + "}");
        return new Carillon(carillon.ports(), config).httpFront();
    }

    private static HttpEvent event(
            String method, String path, Map<String, String> headers, Map<String, String> query, String body) {
        return new HttpEvent(method, path, path, headers, query, body, true, "192.0.2.1", "request");
    }
}
