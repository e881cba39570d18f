package io.carillon.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.apigateway.ScriptedCallbackApi.Call;
import io.carillon.aws.AwsClients;
import io.carillon.aws.AwsSettings;
import io.carillon.delivery.Backoff;
import io.carillon.delivery.Poster.Outcome;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiAsyncClient;

@Timeout(60)
class ApiGatewayPosterTest {

    private static final String ID = "AbC/d+1=";
    private static final PosterSettings SETTINGS =
            new PosterSettings(3, 10_000, 5_000, 4, Duration.ofMillis(50), Duration.ofMillis(150));
    private static final AwsClients CLIENTS = new AwsClients(AwsSettings.in(Region.US_EAST_1)
            .at(
                    URI.create("http://127.0.0.1:1"),
                    URI.create("http://127.0.0.1:1"),
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"))));

    private final ScriptedCallbackApi api = new ScriptedCallbackApi();
    private final ApiGatewayManagementApiAsyncClient client = CLIENTS.callback(api.endpoint());
    private final ConcurrentLinkedQueue<Duration> pauses = new ConcurrentLinkedQueue<>();
    private final ApiGatewayPoster poster = new ApiGatewayPoster(client, SETTINGS, (pause, task) -> {
        pauses.add(pause);
        CompletableFuture.runAsync(task);
    });

    @AfterEach
    void tearDown() {
        client.close();
        api.close();
    }

    @AfterAll
    static void closeClients() {
        CLIENTS.close();
    }

    @Test
    void shouldPostTheBytesToTheEncodedConnection() {
        // When
        Outcome outcome = post("{\"push\":\"\u00e9\"}\n{}");

        // Then
        assertThat(outcome).isEqualTo(Outcome.DELIVERED);
        assertThat(api.calls())
                .containsExactly(new Call("POST", "/live/@connections/AbC%2Fd%2B1%3D", "{\"push\":\"\u00e9\"}\n{}"));
    }

    @Test
    void shouldSayGoneOnlyWhenTheConnectionCannotBeFoundEither() {
        // Given
        api.next("POST", 410);
        api.next("GET", 410);

        // Then
        assertThat(post("{}")).isEqualTo(Outcome.GONE);
        assertThat(api.count("POST")).isEqualTo(1);
    }

    @Test
    void shouldCloseAConnectionThatIsTakenForGone() {
        // Given
        api.next("POST", 410);
        api.next("GET", 410);

        // When
        post("{}");

        // Then
        assertThat(api.calls()).extracting(Call::method).containsExactly("POST", "GET", "DELETE");
    }

    @Test
    void shouldPostAgainWhenTheConnectionIsThereAfterAll() {
        // Given
        api.next("POST", 410);

        // Then
        assertThat(post("{}")).isEqualTo(Outcome.DELIVERED);
        assertThat(api.calls()).extracting(Call::method).containsExactly("POST", "GET", "POST");
    }

    @Test
    void shouldStopPostingWhenTheTwoAnswersKeepContradictingEachOther() {
        // Given
        api.always("POST", 410);

        // Then
        assertThat(post("{}")).isEqualTo(Outcome.BACKED_UP);
        assertThat(api.count("POST")).isEqualTo(SETTINGS.attempts());
    }

    @Test
    void shouldPostAgainWhenGoneCannotBeConfirmedForTheMoment() {
        // Given
        api.next("POST", 410);
        api.next("GET", 429);

        // Then
        assertThat(post("{}")).isEqualTo(Outcome.DELIVERED);
    }

    @Test
    void shouldSayGoneWhenTheIdIsNotOne() {
        // Given
        api.next("POST", 400);
        api.next("GET", 400);

        // Then
        assertThat(post("{}")).isEqualTo(Outcome.GONE);
    }

    @Test
    void shouldNotGiveUpAConnectionBecauseOfABadMessage() {
        // Given
        api.next("POST", 400);

        // Then
        assertThat(post("{}")).isEqualTo(Outcome.BACKED_UP);
        assertThat(api.count("POST")).isEqualTo(1);
    }

    @Test
    void shouldPostOnceWhenNoBackoffIsAllowed() {
        // Given
        api.next("POST", 429);

        // When
        Outcome outcome = poster.post(ID, "{}".getBytes(StandardCharsets.UTF_8), Backoff.NONE)
                .toCompletableFuture()
                .join();

        // Then
        assertThat(outcome).isEqualTo(Outcome.BACKED_UP);
        assertThat(api.count("POST")).isEqualTo(1);
    }

    @Test
    void shouldPostAgainAfterGrowingPausesWhenThrottledOrFailing() {
        // Given
        api.next("POST", 429, 500, 503);

        // Then
        assertThat(post("{}")).isEqualTo(Outcome.DELIVERED);
        assertThat(pauses).hasSize(3);
        assertThat(pauses.stream().map(Duration::toMillis).toList()).satisfies(millis -> {
            assertThat(millis.get(0)).isBetween(25L, 50L);
            assertThat(millis.get(1)).isBetween(50L, 100L);
            assertThat(millis.get(2)).isBetween(75L, 150L);
        });
    }

    @Test
    void shouldSayBackedUpWhenThrottlingDoesNotEnd() {
        // Given
        api.always("POST", 429);

        // Then
        assertThat(post("{}")).isEqualTo(Outcome.BACKED_UP);
        assertThat(api.count("POST")).isEqualTo(SETTINGS.attempts());
    }

    @Test
    void shouldNotRepeatWhatIsForbiddenOrTooLarge() {
        // Given
        api.next("POST", 403, 413);

        // Then
        assertThat(List.of(post("{}"), post("{}"))).containsOnly(Outcome.BACKED_UP);
        assertThat(api.count("POST")).isEqualTo(2);
        assertThat(pauses).isEmpty();
    }

    @Test
    void shouldSayBackedUpWhenNobodyListens() {
        // Given
        api.close();

        // Then
        assertThat(post("{}")).isEqualTo(Outcome.BACKED_UP);
        assertThat(pauses).hasSize(SETTINGS.attempts() - 1);
    }

    @Test
    void shouldNotRepeatAMessageThatMayHaveArrivedTooLate() {
        // Given
        Semaphore permits = api.hold();
        try (ApiGatewayManagementApiAsyncClient impatient = CLIENTS.callback(api.endpoint(), Duration.ofMillis(300))) {
            ApiGatewayPoster waiting = new ApiGatewayPoster(impatient, SETTINGS);

            // When
            Outcome outcome = join(waiting.post(ID, "{}".getBytes(StandardCharsets.UTF_8)));

            // Then
            assertThat(outcome).isEqualTo(Outcome.BACKED_UP);
            assertThat(api.count("POST")).isEqualTo(1);
        } finally {
            permits.release(1_000);
        }
    }

    @Test
    void shouldKeepNoMoreCallsUnderWayThanAllowed() {
        // Given
        Semaphore permits = api.hold();
        List<CompletionStage<Outcome>> posts = IntStream.range(0, 30)
                .mapToObj(n -> poster.post("connection" + n, "{}".getBytes(StandardCharsets.UTF_8)))
                .toList();

        // When
        while (api.held() < SETTINGS.maxInFlight()) {
            Thread.onSpinWait();
        }
        permits.release(1_000);

        // Then
        assertThat(posts).allSatisfy(post -> assertThat(join(post)).isEqualTo(Outcome.DELIVERED));
        assertThat(api.mostHeld()).isEqualTo(SETTINGS.maxInFlight());
    }

    @Test
    void shouldCloseAConnectionWhetherItIsThereOrNot() {
        // Given
        api.next("DELETE", 204, 429, 204, 410, 403);

        // When
        for (int i = 0; i < 4; i++) {
            join(poster.close(ID));
        }

        // Then
        assertThat(api.calls()).hasSize(5).containsOnly(new Call("DELETE", "/live/@connections/AbC%2Fd%2B1%3D", ""));
    }

    private Outcome post(String message) {
        return join(poster.post(ID, message.getBytes(StandardCharsets.UTF_8)));
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
