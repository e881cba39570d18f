package io.carillon.scenarios;

import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the {@link Scenarios} with the DynamoDB, SQS and SNS of moto's server, a process that this starts and ends, if
 * {@code -Dcarillon.moto=true} is set. Skipped, and says so, where there is no {@code moto_server} on the PATH.
 */
@Tag("moto")
class MotoScenariosTest {

    private static final String WHAT = "moto scenarios";

    private static Optional<MotoServer> running = Optional.empty();
    private static Optional<Scenarios> open = Optional.empty();

    @AfterAll
    static void close() {
        open.ifPresent(Scenarios::close);
        running.ifPresent(MotoServer::close);
    }

    @TestFactory
    Stream<DynamicNode> shouldServeEveryClientWithMoto() {
        if (!Boolean.getBoolean("carillon.moto")) {
            return Skipped.unasked(WHAT, "./carillon test --moto");
        }
        running = MotoServer.start();
        if (running.isEmpty()) {
            return Skipped.because(WHAT, MotoServer.MISSING);
        }
        URI address = running.get().address();
        open = Optional.of(new Scenarios(world -> Stage.set(world, address)));
        return open.get().tests();
    }
}
