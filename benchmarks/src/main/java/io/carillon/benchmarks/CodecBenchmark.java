package io.carillon.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.ClientInfo;
import io.carillon.events.Command;
import io.carillon.events.CommandReader;
import io.carillon.events.FrameWriter;
import io.carillon.events.Json;
import io.carillon.events.Publication;
import io.carillon.events.Push;
import io.carillon.events.RawJson;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Measures reading what clients send and writing what they get, with a payload of 150 bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CodecBenchmark {

    private static final String DATA = "{\"text\":\"" + "x".repeat(130) + "\",\"n\":42}";

    private final String publish = "{\"id\":7,\"publish\":{\"channel\":\"chat:room1\",\"data\":" + DATA + "}}";
    private final String subscribe =
            "{\"id\":8,\"subscribe\":{\"channel\":\"chat:room1\",\"recover\":true,\"epoch\":\"abcd\",\"offset\":41}}";
    private final Push push = new Push.Pub(new Publication(42, RawJson.of(DATA), ClientInfo.NONE, Map.of(), 0));

    @Benchmark
    public List<Command> readPublish() {
        return CommandReader.read(publish);
    }

    @Benchmark
    public List<Command> readSubscribe() {
        return CommandReader.read(subscribe);
    }

    @Benchmark
    public String writePublication() {
        return FrameWriter.push("chat:room1", push);
    }

    /** What anything that parses the whole frame would cost. */
    @Benchmark
    public JsonNode tree() {
        return Json.read(publish, JsonNode.class);
    }
}
