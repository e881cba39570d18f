package io.carillon.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;

/** Cuts a value's text out of the source by its offsets, so that no digit or space of it is rewritten. */
final class RawJsonDeserializer extends StdDeserializer<RawJson> {

    private static final long serialVersionUID = 1L;

    RawJsonDeserializer() {
        super(RawJson.class);
    }

    @Override
    public RawJson deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        String source = (String) context.getAttribute(Json.SOURCE);
        int start = (int) parser.currentTokenLocation().getCharOffset();
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            // A string is read lazily; only after this does the parser stand behind its closing quote.
            parser.finishToken();
        } else {
            parser.skipChildren();
        }
        return new RawJson(
                source.substring(start, (int) parser.currentLocation().getCharOffset())
                        .strip());
    }

    @Override
    public RawJson getNullValue(DeserializationContext context) {
        return new RawJson("null");
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
        return RawJson.NONE;
    }
}
