package io.carillon.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchmarksTest {

    private static final String NUMBER = "[\\s\\S]*\\d+\\.\\d[\\s\\S]*";

    @ParameterizedTest
    @ValueSource(
            classes = {PostsBenchmark.class, NaiveBenchmark.class, FramesBenchmark.class, ColdStartBenchmark.class})
    void shouldPrintRatiosWhenRunForAMoment(Class<? extends Benchmark> type) throws Exception {
        // Given
        Benchmark benchmark =
                Benchmarks.ALL.stream().filter(type::isInstance).findFirst().orElseThrow();
        StringWriter said = new StringWriter();

        // When
        benchmark.run(Effort.QUICK, new PrintWriter(said, true));

        // Then
        assertThat(said.toString()).matches(NUMBER).doesNotContain("NaN", "Infinity");
    }

    @Test
    void shouldReadAndWriteWhatTheCodecMeasures() {
        // Given
        CodecBenchmark codec = new CodecBenchmark();

        // Then
        assertThat(codec.readPublish()).hasSize(1);
        assertThat(codec.readSubscribe()).hasSize(1);
        assertThat(codec.tree().has("publish")).isTrue();
        assertThat(codec.writePublication()).startsWith("{\"push\":");
    }

    @Test
    void shouldPostToEverySubscriberInEachDelivery() {
        // Given
        DeliverBenchmark benchmark = new DeliverBenchmark();

        // Then
        assertThat(benchmark.deliver()).isEqualTo(1_000);
        assertThat(benchmark.deliver()).isEqualTo(2_000);
        assertThat(benchmark.postOnly()).isEqualTo(3_000);
    }

    @Test
    void shouldRefuseANameThatIsNone() {
        assertThat(Main.run("nothing")).isEqualTo(2);
        assertThat(Main.run("--help")).isZero();
    }
}
