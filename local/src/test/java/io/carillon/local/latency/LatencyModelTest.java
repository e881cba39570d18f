package io.carillon.local.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.carillon.local.files.StrictYaml;
import io.carillon.local.latency.Distribution.Confidence;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencyModelTest {

    private static final String ONE = "{p50_ms: 4, p99_ms: 20, confidence: measured, source: a page}";

    private static String model(String getItem) {
        return Arrays.stream(Hop.values())
                        .map(hop -> "  " + hop.key() + ": " + (hop == Hop.DYNAMODB_GET ? getItem : ONE))
                        .collect(Collectors.joining("\n", "hops:\n", "\n"))
                + "cold_start: " + ONE + "\ncold_start_probability: 0\n";
    }

    private static LatencyModel read(String yaml) {
        return StrictYaml.read(yaml, "model.yaml", LatencyModel.class);
    }

    @Test
    void shouldReadADistributionOfEachHop() {
        LatencyModel model = read(model("{p50_ms: 4.5, p99_ms: 20, confidence: assumption, source: nobody knows}"));

        assertThat(model.hops().get(Hop.DYNAMODB_GET))
                .isEqualTo(new Distribution(4.5, 20, "nobody knows", Confidence.ASSUMPTION));
    }

    @Test
    void shouldComeWithAModelOfAws() {
        assertThat(LatencyModel.named("aws").orElseThrow().hops()).hasSize(Hop.values().length);
        assertThat(LatencyModel.named("none")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {p50_ms: 0, p99_ms: 20, confidence: measured, source: a page}     | p50_ms must be over 0
            {p50_ms: .nan, p99_ms: 20, confidence: measured, source: a page}  | p50_ms must be over 0
            {p50_ms: 21, p99_ms: 20, confidence: measured, source: a page}    | p99_ms must be from p50_ms
            {p50_ms: 4, p99_ms: 60001, confidence: measured, source: a page}  | p99_ms must be from p50_ms
            {p50_ms: 4, p99_ms: 20, confidence: measured, source: ' '}        | source must say
            {p50_ms: 4, p99_ms: 20, confidence: sure, source: a page}         | sure
            {p50_ms: 4, p99_ms: 20, confidence: measured}                     | source
            {p50_ms: 4, p99_ms: 20, p95_ms: 9, confidence: measured, source: a page} | p95_ms
            """)
    void shouldRefuseADistributionThatIsNone(String distribution, String problem) {
        assertThatThrownBy(() -> read(model(distribution)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("model.yaml")
                .hasMessageContaining(problem);
    }

    @Test
    void shouldNameTheHopsThatAreMissing() {
        assertThatThrownBy(() -> read("hops: {}\ncold_start: " + ONE + "\ncold_start_probability: 0\n"))
                .hasMessageContaining("dynamodb_get")
                .hasMessageContaining("connections_post");
    }

    @Test
    void shouldRefuseAProbabilityOutOfRange() {
        assertThatThrownBy(() -> read(model(ONE).replace("probability: 0", "probability: 1.5")))
                .hasMessageContaining("cold_start_probability must be 0 to 1");
    }

    @Test
    void shouldDrawTheMedianAndThe99thPercentileThatItSays() {
        // Given
        Draws draws = new Draws(read(model(ONE)), 7);

        // When
        double[] millis = IntStream.range(0, 100_000)
                .mapToDouble(i -> draws.next(Hop.DYNAMODB_GET).toNanos() / 1e6)
                .sorted()
                .toArray();

        // Then
        assertThat(millis[50_000]).isCloseTo(4, within(0.1));
        assertThat(millis[99_000]).isCloseTo(20, within(1.0));
    }

    @Test
    void shouldDrawTheSameAgainWithTheSameSeed() {
        LatencyModel model = read(model(ONE));
        Draws first = new Draws(model, 7);
        Draws second = new Draws(model, 7);
        Draws other = new Draws(model, 8);

        // Other hops that are drawn between do not matter.
        second.next(Hop.SQS_SEND);
        Duration drawn = first.next(Hop.DYNAMODB_GET);

        assertThat(second.next(Hop.DYNAMODB_GET)).isEqualTo(drawn);
        assertThat(other.next(Hop.DYNAMODB_GET)).isNotEqualTo(drawn);
    }

    @Test
    void shouldStartAsManyInvocationsColdAsItSays() {
        Draws draws = new Draws(read(model(ONE).replace("probability: 0", "probability: 0.1")), 7);

        long cold = IntStream.range(0, 10_000)
                .filter(i -> draws.coldStart().isPositive())
                .count();

        assertThat(cold).isBetween(900L, 1_100L);
    }

    @Test
    void shouldDrawNothingWhilePaused() {
        Latency latency = new Latency(read(model(ONE)), 7);

        latency.pause(true);
        assertThat(latency.next(Hop.DYNAMODB_GET)).isZero();

        latency.pause(false);
        assertThat(latency.next(Hop.DYNAMODB_GET)).isPositive();
    }
}
