package io.carillon.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.Config;
import io.carillon.events.Json;
import io.carillon.local.LocalRuntime;
import io.carillon.local.load.LoadRun;
import io.carillon.local.load.Progress;
import io.carillon.local.load.Report;
import io.carillon.local.load.Scenario;
import io.carillon.local.load.Setting;
import io.carillon.local.load.Target;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;

/** A runtime with clients and publishers while something fails; its server API has the key {@code key}. */
record UnderFaults(LocalRuntime runtime, Config config) {

    /** Few enough to take a second, and enough for each fault to strike. */
    static Scenario few() {
        return Scenario.DEFAULT
                .with(Setting.CLIENTS, 6)
                .with(Setting.CHANNELS, 2)
                .with(Setting.SUBSCRIPTIONS, 1)
                .with(Setting.PUBLICATIONS, 60)
                .with(Setting.PUBLISHERS, 4)
                .with(Setting.RATE, 300)
                .with(Setting.PUBLISH_ATTEMPTS, 10)
                .with(Setting.READ_BACK, 0.3)
                .with(Setting.DISCONNECTS, 0);
    }

    /**
     * Runs a scenario, and shows that each fault struck and that nobody saw less, or more, than is promised. The faults
     * last until all has been delivered: on a slow machine, delivering takes longer than publishing.
     */
    JsonNode assertPromisesHold(Scenario scenario, String... faults) throws InterruptedException {
        Target target = Target.at(URI.create("http://127.0.0.1:" + runtime.port()), config, "key");
        Progress nowhere = Progress.to(new PrintStream(OutputStream.nullOutputStream()), false);
        Report report = LoadRun.run(
                scenario.with(Setting.FAULTS, List.of(faults)),
                target,
                (next, seed) -> {
                    if (!next.isEmpty()) {
                        runtime.faults().replace(next, seed);
                    }
                },
                nowhere);
        assertThat(report.passed()).as(report.toText()).isTrue();
        assertThat(runtime.faults().list())
                .hasSize(faults.length)
                .allSatisfy(
                        fault -> assertThat(fault.struck()).as(fault.toString()).isPositive());
        JsonNode json = Json.read(report.toJson(), JsonNode.class);
        assertThat(json.at("/deliveries/received").asLong())
                .isEqualTo(json.at("/deliveries/expected").asLong())
                .isPositive();
        return json;
    }
}
