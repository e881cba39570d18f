package io.carillon.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.local.lambda.LambdaFunction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * A function that shows what SNS invokes it with.
 *
 * @param name of the function
 * @param seen takes {@code Sns} of each record
 */
record Recorded(String name, Consumer<JsonNode> seen) implements LambdaFunction {

    @Override
    public byte[] invoke(byte[] event) {
        Json.read(new String(event, StandardCharsets.UTF_8), JsonNode.class)
                .path("Records")
                .forEach(record -> seen.accept(record.path("Sns")));
        return new byte[0];
    }
}
