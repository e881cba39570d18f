package io.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client sends, in whatever state it is: it gets frames that a library can read, and harms nobody. */
class HostileFramesTest {

    private static final String CHANNELS = """
            "without_namespace":{"allow_subscribe_for_client":true,"allow_publish_for_client":true,"presence":true,
             "allow_presence_for_client":true,"history_size":5,"history_ttl":"60s","force_recovery":true,
             "allow_history_for_client":true}""";

    static LongStream seeds() {
        return new Random(3_501).longs(60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Execution(ExecutionMode.CONCURRENT)
    void shouldAnswerAnyFrameWithReadableOnesAndSpareTheOthers(long seed) {
        // Given
        Random random = new Random(seed);
        TestCarillon carillon = TestCarillon.with("", CHANNELS);
        TestClient bystander = carillon.connect("bob");
        bystander.sends(Say.subscribe(2, "quiet"));
        bystander.received();
        List<String> lines = lines(carillon);
        TestClient hostile = random.nextInt(4) == 0 ? carillon.open() : carillon.connect("mallory");

        // When
        assertThatCode(() -> {
                    for (int frame = 0; frame < 8 && !hostile.isClosed(); frame++) {
                        hostile.sends(Stream.generate(() -> mutated(lines.get(random.nextInt(lines.size())), random))
                                .limit(1 + random.nextInt(4))
                                .toArray(String[]::new));
                    }
                })
                .doesNotThrowAnyException();
        carillon.api("publish", "{\"channel\":\"quiet\",\"data\":\"hello\"}");

        // Then
        assertThat(hostile.frames()).allSatisfy(frame -> {
            assertThat(frame.getBytes(StandardCharsets.UTF_8).length).isBetween(2, 128 * 1024);
            assertThat(frame.lines()).isNotEmpty().allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        });
        assertThat(bystander.isClosed()).isFalse();
        assertThat(bystander.received()).singleElement().asString().contains("\"data\":\"hello\"");
    }

    private static List<String> lines(TestCarillon carillon) {
        String token = carillon.tokens().connection("mallory").sign();
        return List.of(
                Say.connect(token),
                "{}",
                Say.subscribe(3, "a"),
                Say.subscribe(4, "a", "\"recover\":true,\"offset\":9,\"epoch\":\"x\",\"flag\":3,\"positioned\":true"),
                Say.subscribe(5, "$a", "\"token\":\"" + token + "\""),
                Say.unsubscribe(6, "a"),
                Say.publish(7, "a", "{\"n\":1}"),
                "{\"id\":8,\"history\":{\"channel\":\"a\",\"limit\":-1,\"since\":{\"offset\":1,\"epoch\":\"\"}}}",
                "{\"id\":9,\"presence\":{\"channel\":\"a\"}}",
                "{\"id\":10,\"presence_stats\":{\"channel\":\"a\"}}",
                "{\"id\":11,\"rpc\":{\"method\":\"m\",\"data\":[]}}",
                "{\"id\":12,\"refresh\":{\"token\":\"" + token + "\"}}",
                "{\"id\":13,\"sub_refresh\":{\"channel\":\"a\",\"token\":\"" + token + "\"}}");
    }

    /** Mostly leaves the line as it is; else changes one character of it, or cuts it off. */
    private static String mutated(String line, Random random) {
        int at = random.nextInt(line.length());
        return switch (random.nextInt(12)) {
            case 0 -> line.substring(0, at);
            case 1 ->
                line.substring(0, at) + "{}[],:\"\\\n\u0000\u00e9-9".charAt(random.nextInt(13)) + line.substring(at);
            case 2 -> line.substring(0, at) + line.substring(at + 1);
            default -> line;
        };
    }
}
