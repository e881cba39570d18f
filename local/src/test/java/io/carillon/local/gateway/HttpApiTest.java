package io.carillon.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.local.lambda.FunctionThrottled;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpApiTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private LocalGateway gateway;

    @AfterEach
    void stop() {
        gateway.close();
    }

    private FakeFunction start(FakeFunction api) {
        return start(api, Cors.none());
    }

    private FakeFunction start(FakeFunction api, Cors cors) {
        gateway = LocalGateway.start(
                GatewaySettings.defaults().withCors(cors),
                WebSocketRoutes.of(FakeFunction.ok(), FakeFunction.ok(), FakeFunction.ok()),
                api);
        return api;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void shouldInvokeWithAnEventOfPayloadFormat2() throws Exception {
        // Given
        FakeFunction api = start(FakeFunction.answering("{\"statusCode\":200,\"body\":\"done\"}"));

        // When
        HttpResponse<String> answer = send(request("/api/publish?a=1&a=2&b=x%20y")
                .header("Content-Type", "application/json")
                .header("X-API-Key", "secret")
                .header("X-Twice", "one")
                .header("X-Twice", "two")
                .header("Cookie", "a=1; b=2")
                .POST(BodyPublishers.ofString("{\"channel\":\"ü\"}")));

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("done");
        JsonNode event = api.event();
        assertThat(event.get("version").asText()).isEqualTo("2.0");
        assertThat(event.get("routeKey").asText()).isEqualTo("ANY /api/{method}");
        assertThat(event.get("rawPath").asText()).isEqualTo("/api/publish");
        assertThat(event.get("rawQueryString").asText()).isEqualTo("a=1&a=2&b=x%20y");
        assertThat(event.get("queryStringParameters").get("a").asText()).isEqualTo("1,2");
        assertThat(event.get("queryStringParameters").get("b").asText()).isEqualTo("x y");
        assertThat(event.get("pathParameters").get("method").asText()).isEqualTo("publish");
        assertThat(event.get("headers").get("x-api-key").asText()).isEqualTo("secret");
        assertThat(event.get("headers").get("x-twice").asText()).isEqualTo("one,two");
        assertThat(event.get("headers").has("cookie")).isFalse();
        assertThat(event.get("cookies")).extracting(JsonNode::asText).containsExactly("a=1", "b=2");
        assertThat(event.get("body").asText()).isEqualTo("{\"channel\":\"ü\"}");
        assertThat(event.get("isBase64Encoded").asBoolean()).isFalse();
        JsonNode context = event.get("requestContext");
        assertThat(context.get("stage").asText()).isEqualTo("$default");
        assertThat(context.get("http").get("method").asText()).isEqualTo("POST");
        assertThat(context.get("http").get("path").asText()).isEqualTo("/api/publish");
        assertThat(context.get("http").get("protocol").asText()).isEqualTo("HTTP/1.1");
        assertThat(context.get("http").get("sourceIp").asText()).isEqualTo("127.0.0.1");
        assertThat(context.get("requestId").asText())
                .isEqualTo(answer.headers().firstValue("apigw-requestid").orElseThrow());
    }

    @Test
    void shouldServeTheStagePathToo() throws Exception {
        // Given
        FakeFunction api = start(FakeFunction.ok());

        // When
        send(request("/local/api").POST(BodyPublishers.ofString("{}")));

        // Then
        JsonNode event = api.event();
        assertThat(event.get("routeKey").asText()).isEqualTo("ANY /api");
        assertThat(event.get("rawPath").asText()).isEqualTo("/local/api");
        assertThat(event.has("pathParameters")).isFalse();
        assertThat(event.get("requestContext").get("stage").asText()).isEqualTo("local");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/", "/api/a/b", "/local/other", "/nothing"})
    void shouldAnswer404ForAPathWithoutARoute(String path) throws Exception {
        // Given
        FakeFunction api = start(FakeFunction.ok());

        // When
        HttpResponse<String> answer = send(request(path));

        // Then
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Not Found\"}");
        assertThat(api.waiting()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "application/json,false",
        "application/json; charset=utf-8,false",
        "application/problem+json,false",
        "text/plain,false",
        "application/x-www-form-urlencoded,true",
        "application/octet-stream,true"
    })
    void shouldHandOverInBase64WhatIsNotText(String contentType, boolean base64) throws Exception {
        // Given
        FakeFunction api = start(FakeFunction.ok());

        // When
        send(request("/api/publish").header("Content-Type", contentType).POST(BodyPublishers.ofString("{}")));

        // Then
        JsonNode event = api.event();
        assertThat(event.get("isBase64Encoded").asBoolean()).isEqualTo(base64);
        assertThat(event.get("body").asText())
                .isEqualTo(base64 ? Base64.getEncoder().encodeToString("{}".getBytes()) : "{}");
    }

    @Test
    void shouldHandOverInBase64TextThatIsNotUtf8() throws Exception {
        // Given
        FakeFunction api = start(FakeFunction.ok());
        byte[] latin1 = {(byte) 0xfc};

        // When
        send(request("/api/publish").header("Content-Type", "text/plain").POST(BodyPublishers.ofByteArray(latin1)));

        // Then
        JsonNode event = api.event();
        assertThat(event.get("isBase64Encoded").asBoolean()).isTrue();
        assertThat(event.get("body").binaryValue()).isEqualTo(latin1);
    }

    @Test
    void shouldTakeStatusHeadersCookiesAndBinaryBodyFromTheAnswer() throws Exception {
        // Given
        start(FakeFunction.answering("""
                {"statusCode":418,"headers":{"X-One":"1"},"cookies":["a=1; Secure","b=2"],"body":"w7w=",
                "isBase64Encoded":true}"""));

        // When
        HttpResponse<String> answer = send(request("/api/info"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(418);
        assertThat(answer.headers().firstValue("x-one")).contains("1");
        assertThat(answer.headers().allValues("set-cookie")).containsExactly("a=1; Secure", "b=2");
        assertThat(answer.body()).isEqualTo("ü");
    }

    @Test
    void shouldTakeAnAnswerWithoutStatusAsTheBodyOfA200() throws Exception {
        // Given
        start(FakeFunction.answering("{\"result\":{}}"));

        // When
        HttpResponse<String> answer = send(request("/api/info"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.body()).isEqualTo("{\"result\":{}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "{\"statusCode\":\"fine\"}", "{\"statusCode\":200,\"body\":{}}"})
    void shouldAnswer500WhenTheAnswerIsNone(String answer) throws Exception {
        // Given
        start(FakeFunction.answering(answer));

        // Then
        HttpResponse<String> got = send(request("/api/info"));
        assertThat(got.statusCode()).isEqualTo(500);
        assertThat(got.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
    }

    @Test
    void shouldAnswer500WhenTheFunctionFailsAnd503WhenItIsThrottled() throws Exception {
        // Given
        start(new FakeFunction("api", event -> {
            if (event.get("rawPath").asText().endsWith("fail")) {
                throw new IllegalStateException("broken");
            }
            throw new FunctionThrottled("api");
        }));

        // Then
        assertThat(send(request("/api/fail")).statusCode()).isEqualTo(500);
        assertThat(send(request("/api/throttle")).statusCode()).isEqualTo(503);
    }

    @Test
    void shouldAnswer413WhenTheRequestIsLargerThan10MB() throws Exception {
        // Given
        FakeFunction api = start(FakeFunction.ok());

        // When
        try (RawClient client = RawClient.open(gateway)) {
            client.sendHead(
                    List.of("POST /api/publish HTTP/1.1", "Host: a", "Content-Length: " + (10 * 1024 * 1024 + 1)));
            client.sendZeros(10 * 1024 * 1024 + 1);

            // Then
            assertThat(client.readHead().getFirst()).startsWith("HTTP/1.1 413");
            assertThat(api.waiting()).isZero();
        }
    }

    @Test
    void shouldAnswerPreflightsByItselfWhenCorsIsConfigured() throws Exception {
        // Given
        FakeFunction api = start(FakeFunction.ok(), Cors.of(List.of("https://app.example")));

        // When
        HttpResponse<String> allowed = send(request("/api/publish")
                .header("Origin", "https://app.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "x-api-key")
                .method("OPTIONS", BodyPublishers.noBody()));
        HttpResponse<String> refused = send(request("/api/publish")
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));

        // Then
        assertThat(allowed.statusCode()).isEqualTo(204);
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).contains("https://app.example");
        assertThat(allowed.headers()
                        .firstValue("Access-Control-Allow-Headers")
                        .orElseThrow()
                        .split(","))
                .contains("x-api-key", "authorization");
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
                .contains("POST");
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(api.waiting()).isZero();
    }

    @Test
    void shouldPutItsOwnCorsHeadersInPlaceOfTheFunctions() throws Exception {
        // Given
        start(
                FakeFunction.answering(
                        "{\"statusCode\":200,\"headers\":{\"Access-Control-Allow-Origin\":\"https://own\"}}"),
                Cors.of(List.of("https://*")));

        // When
        HttpResponse<String> answer = send(request("/api/info").header("Origin", "https://app.example"));

        // Then
        assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).containsExactly("https://app.example");
    }

    @Test
    void shouldLeavePreflightsToTheFunctionWhenCorsIsNotConfigured() throws Exception {
        // Given
        FakeFunction api = start(FakeFunction.ok());

        // When
        send(request("/api/publish")
                .header("Origin", "https://app.example")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));

        // Then
        assertThat(api.event().get("requestContext").get("http").get("method").asText())
                .isEqualTo("OPTIONS");
    }
}
