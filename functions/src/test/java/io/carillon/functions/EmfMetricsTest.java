package io.carillon.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.metrics.Measure;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EmfMetricsTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final EmfMetrics metrics = new EmfMetrics(
            "prod", new PrintStream(out, true, StandardCharsets.UTF_8), () -> Instant.ofEpochMilli(1_700_000_000_000L));

    @Test
    void shouldWriteOneLineInCloudWatchsFormat() {
        // Given
        metrics.add(Measure.DELIVERIES, 3);
        metrics.publishToPost(40, 1);

        // When
        metrics.flush("deliver");

        // Then
        assertThat(lines()).singleElement().isEqualTo(Json.read("""
                {"_aws":{"Timestamp":1700000000000,"CloudWatchMetrics":[{"Namespace":"Carillon",
                 "Dimensions":[["Stage"]],"Metrics":[{"Name":"Deliveries","Unit":"Count"},
                 {"Name":"PublishToPost","Unit":"Milliseconds"}]}]},
                 "Stage":"prod","Deliveries":3,"PublishToPost":[40],"function":"deliver","trace":""}""", JsonNode.class));
    }

    @Test
    void shouldWriteALineForEachCodeBecauseItIsADimension() {
        // Given
        metrics.code(103);
        metrics.code(103);
        metrics.code(4123);

        // When
        metrics.flush("message");

        // Then
        assertThat(lines())
                .extracting(line ->
                        line.path("Code").asText() + "=" + line.path("Codes").asInt())
                .containsExactlyInAnyOrder("103=2", "other=1");
        assertThat(lines())
                .allSatisfy(line -> assertThat(line.at("/_aws/CloudWatchMetrics/0/Dimensions/0")
                                .toString())
                        .isEqualTo("[\"Stage\",\"Code\"]"));
    }

    @Test
    void shouldWriteNothingTwiceAndNothingForNothing() {
        // Given
        metrics.count(Measure.PUBLICATIONS);
        metrics.code(100);

        // When
        metrics.flush("api");
        int first = lines().size();
        metrics.flush("api");

        // Then
        assertThat(first).isEqualTo(2);
        assertThat(lines()).hasSize(2);
    }

    @Test
    void shouldKeepToAHundredTimesInALine() {
        // Given
        IntStream.range(0, 1000).forEach(i -> metrics.publishToPost(i, 1));

        // When
        metrics.flush("deliver");

        // Then
        assertThat(lines().getFirst().path("PublishToPost"))
                .hasSize(100)
                .allSatisfy(one -> assertThat(one.asInt()).isBetween(0, 999));
    }

    private List<JsonNode> lines() {
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> Json.read(line, JsonNode.class))
                .toList();
    }
}
