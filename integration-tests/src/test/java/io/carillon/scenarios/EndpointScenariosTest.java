package io.carillon.scenarios;

import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Runs the {@link Scenarios} with the DynamoDB, SQS and SNS at {@code -Dcarillon.aws-endpoint=URL}. */
@Tag("aws-endpoint")
class EndpointScenariosTest {

    private static Optional<Scenarios> open = Optional.empty();

    @AfterAll
    static void close() {
        open.ifPresent(Scenarios::close);
    }

    @TestFactory
    Stream<DynamicNode> shouldServeEveryClientWithTheAwsAtTheAddress() {
        String address = System.getProperty("carillon.aws-endpoint", "");
        if (address.isEmpty()) {
            return Skipped.unasked("scenarios with an AWS elsewhere", "./carillon test --aws-endpoint URL");
        }
        URI endpoint = URI.create(address);
        open = Optional.of(new Scenarios(world -> Stage.set(world, endpoint)));
        return open.get().tests();
    }
}
