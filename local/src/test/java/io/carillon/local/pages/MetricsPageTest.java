package io.carillon.local.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.config.Config;
import io.carillon.local.aws.CreatedQueue;
import io.carillon.local.aws.FailedMails;
import io.carillon.local.aws.LocalAws;
import io.carillon.local.aws.Queues;
import io.carillon.local.metrics.LocalMetrics;
import io.carillon.local.metrics.QueueFigures;
import io.carillon.metrics.Measure;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

    private final MetricsPage page = new MetricsPage();
    private final QueuesPage queues = new QueuesPage();
    private PagesServer server;

    @BeforeEach
    void start() {
        server = PagesServer.start(new DevPages(
                Config.read("{\"client\":{\"allow_anonymous_connect_without_token\":true}}"),
                new FaultsPage(),
                page,
                queues));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldTellPrometheusWhatWasCounted() {
        // Given
        page.show(counted());

        // When
        HttpResponse<String> answer = server.get("/metrics");

        // Then
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        assertThat(answer.body())
                .contains(
                        "# TYPE carillon_deliveries_total counter\ncarillon_deliveries_total 3.0\n",
                        "carillon_codes_total{code=\"103\"} 1.0\n",
                        "carillon_connections 1.0\n",
                        "carillon_publish_to_post_seconds_count 2\n");
    }

    @Test
    void shouldTellThePageTheSame() {
        // Given
        page.show(counted());

        // Then
        assertThat(server.get("/dev/metrics").body())
                .contains("\"open\":1", "\"Deliveries\":3", "\"codes\":{\"103\":1}", "\"p99Millis\":40.0");
        assertThat(server.get("/dev/metrics", "Origin", "https://evil.example").statusCode())
                .isEqualTo(403);
    }

    @Test
    void shouldTellPrometheusHowDeepTheQueuesAre() {
        // Given
        try (LocalAws aws = LocalAws.inMemory()) {
            CreatedQueue queue = new Queues(aws.sqs()).standard("jobs", Duration.ofSeconds(30), 2);
            aws.sqs().sendMessage(request -> request.queueUrl(queue.url()).messageBody("one"));
            aws.sqs().sendMessage(request -> request.queueUrl(queue.url()).messageBody("two"));
            aws.sqs()
                    .sendMessage(
                            request -> request.queueUrl(queue.deadLetterUrl()).messageBody("dead"));
            LocalMetrics metrics = new LocalMetrics();
            metrics.watch(new QueueFigures()
                    .with("push", FailedMails.behind(aws.sqs(), queue.url()), () -> Duration.ofMillis(1_500)));

            // When
            page.show(metrics);

            // Then
            assertThat(server.get("/metrics").body())
                    .contains(
                            "# TYPE carillon_queue_messages gauge\ncarillon_queue_messages{queue=\"push\"} 2.0\n",
                            "carillon_queue_oldest_seconds{queue=\"push\"} 1.5\n",
                            "carillon_queue_dead_letters{queue=\"push\"} 1.0\n");
        }
    }

    @Test
    void shouldTellWhatIsCountedThoughAQueueCannotBeAsked() {
        // Given
        try (LocalAws aws = LocalAws.inMemory()) {
            CreatedQueue queue = new Queues(aws.sqs()).standard("jobs", Duration.ofSeconds(30), 2);
            FailedMails gone = FailedMails.behind(aws.sqs(), queue.url());
            aws.sqs().deleteQueue(request -> request.queueUrl(queue.url()));
            LocalMetrics metrics = counted();
            metrics.watch(new QueueFigures().with("push", gone, () -> Duration.ZERO));

            // When
            page.show(metrics);

            // Then
            assertThat(server.get("/metrics").body())
                    .contains("carillon_deliveries_total 3.0", "carillon_queue_oldest_seconds{queue=\"push\"} 0.0")
                    .doesNotContain("carillon_queue_messages{");
        }
    }

    @Test
    void shouldSayThatNothingHasStartedWhenItHasNot() {
        // Then
        assertThat(server.get("/metrics").statusCode()).isEqualTo(503);
        assertThat(server.get("/dev/queues").statusCode()).isEqualTo(503);
    }

    @Test
    void shouldSendMailsBackOnlyForThePageAndPrograms() {
        // Given
        try (LocalAws aws = LocalAws.inMemory()) {
            CreatedQueue queue = new Queues(aws.sqs()).fifo("mail.fifo", Duration.ofSeconds(30), 2);
            aws.sqs()
                    .sendMessage(request -> request.queueUrl(queue.deadLetterUrl())
                            .messageGroupId("a#0")
                            .messageDeduplicationId("1")
                            .messageBody("mail"));
            CreatedQueue push = new Queues(aws.sqs()).standard("push", Duration.ofSeconds(30), 2);
            aws.sqs()
                    .sendMessage(
                            request -> request.queueUrl(push.deadLetterUrl()).messageBody("job"));
            queues.show(
                    FailedMails.behind(aws.sqs(), queue.url()), Optional.of(FailedMails.behind(aws.sqs(), push.url())));

            // When
            int byAForm = server.send("POST", "/dev/redrive").statusCode();
            String before = server.get("/dev/queues").body();
            String moved = server.send("POST", "/dev/redrive", "Content-Type", "application/json")
                    .body();
            String pushMoved = server.send("POST", "/dev/redrive?queue=push", "Content-Type", "application/json")
                    .body();

            // Then
            assertThat(byAForm).isEqualTo(415);
            assertThat(before).contains("\"dead\":1", "\"push_dead\":1");
            assertThat(moved).isEqualTo("{\"moved\":1}");
            assertThat(pushMoved).isEqualTo("{\"moved\":1}");
            assertThat(server.get("/dev/queues").body()).contains("\"push\":1", "\"push_dead\":0");
        }
    }

    private static LocalMetrics counted() {
        LocalMetrics metrics = new LocalMetrics();
        metrics.add(Measure.DELIVERIES, 3);
        metrics.add(Measure.CONNECTIONS_OPENED, 2);
        metrics.count(Measure.CONNECTIONS_CLOSED);
        metrics.code(103);
        metrics.publishToPost(40, 2);
        return metrics;
    }
}
