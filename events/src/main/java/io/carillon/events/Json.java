package io.carillon.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.nio.charset.StandardCharsets;

/**
 * Reads and writes every contract of this module. Unknown fields are ignored, since clients and servers of other
 * versions send them; zero values are left out when writing, as the Centrifugo protocol does, but not those inside a
 * map. A number is never taken for a text or the other way round, nor cut to fit. Of a field given twice the last
 * one counts, or the text is malformed; inside a {@link RawJson} both are kept.
 *
 * <p>Safe for use by several threads.
 */
public final class Json {

    /** Names the attribute that holds the text being read, which {@link RawJson} cuts its value from. */
    static final Object SOURCE = "source";

    /** Nesting deeper than this is refused: no honest payload needs it, and a parser's stack must not be the limit. */
    private static final int MAX_DEPTH = 200;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_DEFAULT, JsonInclude.Include.ALWAYS))
            .withCoercionConfig(
                    LogicalType.Textual,
                    config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private Json() {}

    /**
     * Reads one value that fills the whole text.
     *
     * @throws MalformedJson if the text is not JSON, or does not fit the type
     */
    public static <T> T read(String text, Class<T> type) {
        T value;
        try {
            value = MAPPER.readerFor(type).withAttribute(SOURCE, text).readValue(text);
        } catch (JsonProcessingException e) {
            throw new MalformedJson(e);
        } catch (RuntimeException e) {
            throw MalformedJson.causedBy(e);
        }
        if (value == null) {
            throw new MalformedJson("null where a value is needed");
        }
        return value;
    }

    /** Reads one value from the parser's current token; {@code source} is the whole text the parser reads. */
    static <T> T read(JsonParser parser, String source, Class<T> type) throws java.io.IOException {
        return MAPPER.readerFor(type)
                .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .withAttribute(SOURCE, source)
                .readValue(parser);
    }

    /** Writes a value as one line of JSON. */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A contract type must always be writable: " + value.getClass(), e);
        }
    }

    /** Writes a value as one line of JSON in UTF-8. */
    public static byte[] writeBytes(Object value) {
        return write(value).getBytes(StandardCharsets.UTF_8);
    }

    /** Gives the mapper itself, for trees and for streaming. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }
}
