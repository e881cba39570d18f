package io.carillon.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiRequestTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "{}"})
    void shouldReadAnEmptyBodyAsAnEmptyObject(String body) {
        assertThat(ApiRequest.read("info", body)).isEqualTo(new ApiRequest.Info());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            publish|null
            publish|[]
            publish|"a"
            publish|{"channel":1}
            publish|{"channel":"a","data":}
            publish|{"channel":"a","data":1}{}
            publish|{"channel":"a","tags":{"n":{}}}
            broadcast|{"channels":[null]}
            subscribe|{"override":{"presence":true}}
            history|{"since":{"offset":-1}}
            history|{"limit":1.5}
            batch|{"commands":{}}
            """)
    void shouldRefuseABodyThatDoesNotFitItsMethod(String method, String body) {
        assertThatThrownBy(() -> ApiRequest.read(method, body)).isInstanceOf(MalformedJson.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"publish\":{\"channel\":5}}", "[]", "7", "{\"publish\":\"a\"}"})
    void shouldLetOneCommandOfABatchBeWrong(String wrong) {
        // When
        ApiRequest.Batch batch =
                (ApiRequest.Batch) ApiRequest.read("batch", "{\"commands\":[" + wrong + ",{\"info\":{}}]}");

        // Then
        assertThat(batch.commands())
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOf(ApiRequest.Invalid.class),
                        second -> assertThat(second).isEqualTo(new ApiRequest.Info()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rpc", "map_publish", "connections", "", "Publish", "unknown"})
    void shouldTellAnUnknownMethodWhateverItsBody(String method) {
        assertThat(ApiRequest.read(method, "not JSON")).isEqualTo(new ApiRequest.Unknown(method));
    }

    @Test
    void shouldDecodeThePayloadByteForByte() {
        // Given
        String json = "{\"a\": 1.10, \"b\":\"é😀\"}";
        String body = "{\"channel\":\"c\",\"data\":\"other\",\"b64data\":\"" + base64(json) + "\"}";

        // When
        ApiRequest.Publish publish = (ApiRequest.Publish) ApiRequest.read("publish", body);

        // Then
        assertThat(publish.payload()).isEqualTo(RawJson.of(json));
    }

    @Test
    void shouldTakeThePlainPayloadWhenNoneIsEncoded() {
        assertThat(publish("\"data\":null").payload()).isEqualTo(RawJson.of("null"));
        assertThat(publish("\"data\":1,\"b64data\":\"\"").payload()).isEqualTo(RawJson.of("1"));
        assertThat(publish("\"x\":1").payload()).isEqualTo(RawJson.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "YQ", "YQ==", "//8=", "e30=e30=", "e317fQ=="})
    void shouldRefuseAnEncodedPayloadThatIsNotJson(String encoded) {
        ApiRequest.Publish publish = publish("\"b64data\":\"" + encoded + "\"");
        assertThatThrownBy(publish::payload).isInstanceOf(MalformedJson.class);
    }

    @Test
    void shouldPublishABroadcastToEachOfItsChannels() {
        // Given
        String rest = "\"b64data\":\"MQ==\",\"skip_history\":true,\"tags\":{\"a\":\"b\"},\"idempotency_key\":\"k\"}";
        ApiRequest.Broadcast broadcast =
                (ApiRequest.Broadcast) ApiRequest.read("broadcast", "{\"channels\":[\"x\",\"y\"]," + rest);

        // Then
        assertThat(broadcast.payload()).isEqualTo(RawJson.of("1"));
        assertThat(broadcast.to("y")).isEqualTo(ApiRequest.read("publish", "{\"channel\":\"y\"," + rest));
    }

    @Test
    void shouldOverrideOnlyWhatIsSet() {
        // Given
        ApiRequest.Subscribe subscribe = (ApiRequest.Subscribe) ApiRequest.read(
                "subscribe", "{\"override\":{\"presence\":{\"value\":true},\"join_leave\":{\"value\":false}}}");

        // When
        SubscribeOverride override = subscribe.override();

        // Then
        assertThat(override.presence().or(false)).isTrue();
        assertThat(override.joinLeave().or(true)).isFalse();
        assertThat(override.forceRecovery().or(true)).isTrue();
        assertThat(override.forceRecovery().or(false)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "100,500",
        "102,404",
        "103,403",
        "104,404",
        "106,400",
        "107,400",
        "108,400",
        "111,429",
        "112,416",
        "1000,500"
    })
    void shouldGiveAnErrorTheHttpStatusThatCentrifugoGivesIt(int code, int status) {
        assertThat(new ApiError(code, "").httpStatus()).isEqualTo(status);
    }

    @Test
    void shouldPutAProtocolErrorIntoTheServerApisWords() {
        assertThat(ApiError.of(ProtocolError.METHOD_NOT_FOUND)).isEqualTo(ApiError.NOT_FOUND);
        assertThat(ApiError.of(ProtocolError.INTERNAL)).isEqualTo(ApiError.INTERNAL);
        assertThat(ApiError.of(ProtocolError.LIMIT_EXCEEDED)).isEqualTo(new ApiError(106, "limit exceeded"));
    }

    private static ApiRequest.Publish publish(String fields) {
        return (ApiRequest.Publish) ApiRequest.read("publish", "{\"channel\":\"c\"," + fields + "}");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
