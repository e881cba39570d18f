package io.carillon.events;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;

/** Writes the text as it is, and leaves the field out when there is none. */
final class RawJsonSerializer extends StdSerializer<RawJson> {

    private static final long serialVersionUID = 1L;

    RawJsonSerializer() {
        super(RawJson.class);
    }

    @Override
    public void serialize(RawJson value, JsonGenerator generator, SerializerProvider provider) throws IOException {
        generator.writeRawValue(value.isEmpty() ? "null" : value.text());
    }

    @Override
    public boolean isEmpty(SerializerProvider provider, RawJson value) {
        return value.isEmpty();
    }
}
