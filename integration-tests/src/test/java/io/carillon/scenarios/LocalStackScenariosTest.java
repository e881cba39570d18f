package io.carillon.scenarios;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Runs the {@link Scenarios} with the DynamoDB, SQS and SNS of LocalStack, which Testcontainers starts, if
 * {@code -Dcarillon.localstack=IMAGE} is set; {@code default} is the last image that needs no token. Skipped, and says so,
 * where no Docker engine runs.
 */
@Tag("localstack")
class LocalStackScenariosTest {

    /** LocalStack's images of after March 2026 ask for a token. */
    private static final String LAST_WITHOUT_TOKEN = "localstack/localstack:4.14.0";

    private static final String TOKEN = "LOCALSTACK_AUTH_TOKEN";
    private static final String WHAT = "LocalStack scenarios";

    private static Optional<LocalStackContainer> running = Optional.empty();
    private static Optional<Scenarios> open = Optional.empty();

    @AfterAll
    static void close() {
        open.ifPresent(Scenarios::close);
        running.ifPresent(LocalStackContainer::stop);
    }

    @TestFactory
    Stream<DynamicNode> shouldServeEveryClientWithLocalStack() {
        String image = System.getProperty("carillon.localstack", "");
        if (image.isEmpty()) {
            return Skipped.unasked(WHAT, "./carillon test --localstack");
        }
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return Skipped.because(
                    WHAT, "no Docker engine answers here; start one (docker info says whether it runs).");
        }
        LocalStackContainer container = container(image.equals("default") ? LAST_WITHOUT_TOKEN : image);
        running = Optional.of(container);
        container.start();
        open = Optional.of(new Scenarios(world -> Stage.set(world, container.getEndpoint())));
        return open.get().tests();
    }

    private static LocalStackContainer container(String image) {
        LocalStackContainer container = new LocalStackContainer(
                        DockerImageName.parse(image).asCompatibleSubstituteFor("localstack/localstack"))
                .withServices("dynamodb", "sqs", "sns");
        Optional.ofNullable(System.getenv(TOKEN)).ifPresent(token -> container.addEnv(TOKEN, token));
        return container;
    }
}
