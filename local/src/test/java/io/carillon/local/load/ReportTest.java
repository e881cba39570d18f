package io.carillon.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.Config;
import io.carillon.events.Json;
import java.net.URI;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Config CONFIG =
            Config.read("{\"client\":{\"token\":{\"hmac_secret_key\":\"secret\"}},\"http_api\":{\"key\":\"key\"}}");

    private static Report report(History history) {
        Scenario scenario = Scenario.DEFAULT;
        Target target = Target.at(URI.create("http://localhost:8000"), CONFIG, "key");
        return Report.of(scenario, target, history.observed());
    }

    @Test
    void shouldNameChannelOffsetClientAndMomentOfABreach() {
        // Given a client that gets offset 3 at 10 ms, after offset 1
        History history = new History().joined("ann", 0).published(1, 3).pushed("ann", 1, 3);

        // When
        Report report = report(history);

        // Then
        assertThat(report.passed()).isFalse();
        assertThat(report.toText())
                .contains("0.010 s  lost: a publication never came, channel load:one, offset 2, client ann")
                .contains("Delivered    2 of 3 expected")
                .endsWith("FAILED: 1 breaches.\n");
        JsonNode breach = Json.read(report.toJson(), JsonNode.class).at("/breach_list/0");
        assertThat(breach.get("kind").asText()).isEqualTo("lost");
        assertThat(breach.get("channel").asText()).isEqualTo("load:one");
        assertThat(breach.get("offset").asLong()).isEqualTo(2);
        assertThat(breach.get("client").asText()).isEqualTo("ann");
        assertThat(breach.get("at_seconds").asDouble()).isEqualTo(0.010);
    }

    @Test
    void shouldNotPassWhenNothingWasPublished() {
        // When
        Report report = report(new History().joined("ann", 0).unanswered(1));

        // Then
        assertThat(report.passed()).isFalse();
        assertThat(report.isBreach()).isFalse();
        assertThat(report.toText())
                .contains("FAILED: nothing was published: not proven")
                .contains("Order                not proven")
                .doesNotContain("kept");
        assertThat(report.toHtml())
                .contains("nothing was published: not proven")
                .doesNotContain("> kept");
        assertThat(Json.read(report.toJson(), JsonNode.class)
                        .at("/promises/order")
                        .asText())
                .isEqualTo("not proven");
    }

    @Test
    void shouldCountErrorsByWhatTheySaid() {
        // Given
        History history = new History()
                .joined("ann", 0)
                .unanswered(1)
                .event("ann", new Seen.Refused(0, "load:one", 100, "internal server error"))
                .event("ann", new Seen.Refused(0, "load:one", 100, "internal server error"))
                .event("ann", new Seen.Lost(0, 3, "subscribe timeout"))
                .joined("ann", 0);

        // When
        String text = report(history).toText();

        // Then
        assertThat(text)
                .contains("2 x subscribe: 100 internal server error")
                .contains("1 x disconnected: 3 subscribe timeout")
                .contains("1 x publish: timeout")
                .contains("0 cut by the run, 1 ended otherwise, 1 reconnects");
    }

    @Test
    void shouldSayWhenPresenceWasNotChecked() {
        assertThat(report(new History().joined("ann", 0)).toText()).contains("Presence             not checked");
    }

    @Test
    void shouldSayOfEachPromiseWhetherItWasKept() {
        // Given
        History history = new History()
                .joined("ann", 0)
                .published(1, 3)
                .pushed("ann", 1, 3)
                .readBack(1, ReadBack.Found.THE_PUBLICATION);

        // When
        Report report = report(history);

        // Then
        assertThat(report.toText())
                .contains("Order                kept")
                .contains("Nothing lost         broken       1 lost")
                .contains("Read your own write  kept")
                .contains("Presence             not checked");
        JsonNode promises = Json.read(report.toJson(), JsonNode.class).get("promises");
        assertThat(promises.get("nothing_lost").asText()).isEqualTo("broken");
        assertThat(promises.get("order").asText()).isEqualTo("kept");
    }

    @Test
    void shouldCompareTheHealthyWithWhatTheyHadBefore() {
        // Given ann, whose publication takes 2 ms before bob becomes slow, and 3 ms after; and one long before
        History history = new History()
                .joined("ann", 0)
                .joined("bob", 0)
                .published(1, 1)
                .later(60)
                .pushed("ann", 1)
                .pushed("bob", 1)
                .later(10)
                .published(2, 2)
                .pushed("ann", 2)
                .pushed("bob", 2)
                .struck("bob", Condition.SLOW)
                .later(20)
                .published(3, 3)
                .pushed("bob", 3)
                .pushed("ann", 3);

        // When
        Report report = report(history);

        // Then
        assertThat(report.toText())
                .contains("  healthy    p50 2.0 ms, p95 2.0 ms, p99 2.0 ms, max 2.0 ms (while all were, 1 live")
                .contains(
                        "  healthy    p50 3.0 ms, p95 3.0 ms, p99 3.0 ms, max 3.0 ms (beside 0 slow and 0 dead, 1 live")
                .contains("  ratio      p99 of the healthy is 1.50 of what it was");
        JsonNode struck = Json.read(report.toJson(), JsonNode.class).get("struck");
        assertThat(struck.get("healthy_p99_ratio").asDouble()).isEqualTo(1.5);
        assertThat(struck.at("/healthy_before_ms/p99").asDouble()).isEqualTo(2);
        assertThat(struck.at("/healthy_ms/p99").asDouble()).isEqualTo(3);
        assertThat(struck.at("/slow_ms/count").asLong()).isEqualTo(1);
        assertThat(struck.at("/slow_ms/p50").asDouble()).isEqualTo(2);
    }

    @Test
    void shouldDrawAPageThatNeedsNothingElse() {
        // When
        String page = report(new History().joined("ann", 0).published(1, 3).pushed("ann", 1, 2, 3))
                .toHtml();

        // Then
        assertThat(page)
                .contains("Passed: every promise was kept")
                .contains("<b>Latency</b>")
                .contains("<polyline")
                .doesNotContain("http://")
                .doesNotContain("https://")
                .doesNotContain("<script");
    }
}
