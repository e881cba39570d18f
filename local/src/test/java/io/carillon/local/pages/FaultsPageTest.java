package io.carillon.local.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.config.Config;
import io.carillon.local.faults.FaultPlan;
import io.carillon.local.faults.Faults;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultsPageTest {

    private final Faults faults = Faults.of(FaultPlan.of(List.of("gone every=2"), 3));
    private final FaultsPage page = new FaultsPage();
    private PagesServer server;

    @BeforeEach
    void start() {
        server = PagesServer.start(
                new DevPages(Config.read("{\"client\":{\"allow_anonymous_connect_without_token\":true}}"), page));
    }

    @AfterEach
    void stop() {
        server.close();
        faults.close();
    }

    private HttpResponse<String> post(String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + server.authority() + "/dev/faults"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .headers(headers);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void shouldTellWhatIsAtWorkAndWhatThereIs() {
        // Given
        page.show(faults);

        // When
        HttpResponse<String> answer = server.get("/dev/faults");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"fault\":\"gone every=2\"", "\"seed\":3", "\"name\":\"stop-reading\"");
    }

    @Test
    void shouldSayThatNothingHasStartedWhenItHasNot() {
        assertThat(server.get("/dev/faults").statusCode()).isEqualTo(503);
    }

    @Test
    void shouldReplaceTheFaults() throws Exception {
        // Given
        page.show(faults);

        // When
        HttpResponse<String> answer =
                post("{\"faults\":[\"overlap every=20\"],\"seed\":9}", "Content-Type", "application/json");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(faults.list()).extracting("fault").containsExactly("overlap every=20");
        assertThat(faults.seed()).isEqualTo(9);
    }

    @Test
    void shouldTellThatNothingIsAtWorkWhenNothingIs() throws Exception {
        // Given
        page.show(faults);

        // When
        HttpResponse<String> answer = post("{\"faults\":[],\"seed\":0}", "Content-Type", "application/json");

        // Then
        assertThat(answer.body()).contains("\"faults\":[]", "\"seed\":0");
        assertThat(server.get("/dev/faults").body()).contains("\"faults\":[]", "\"seed\":0");
    }

    @Test
    void shouldRefuseKeysThatDoNotExist() throws Exception {
        // Given
        page.show(faults);

        // When
        HttpResponse<String> misspelt =
                post("{\"faults\":[\"overlap every=20\"],\"sed\":7}", "Content-Type", "application/json");
        HttpResponse<String> noText = post("{\"faults\":[7]}", "Content-Type", "application/json");

        // Then
        assertThat(misspelt.statusCode()).isEqualTo(400);
        assertThat(misspelt.body()).contains("There is no key 'sed': the keys are faults, seed");
        assertThat(noText.statusCode()).isEqualTo(400);
        assertThat(faults.list()).extracting("fault").containsExactly("gone every=2");
    }

    @Test
    void shouldRefuseASeedThatIsNoNumber() throws Exception {
        // Given
        page.show(faults);

        // When
        HttpResponse<String> answer =
                post("{\"faults\":[\"overlap every=20\"],\"seed\":\"7\"}", "Content-Type", "application/json");

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("seed must be a whole number");
        assertThat(faults.list()).extracting("fault").containsExactly("gone every=2");
    }

    @Test
    void shouldKeepTheFaultsWhenTheNewOnesAreRefused() throws Exception {
        // Given
        page.show(faults);
        String body = "{\"faults\":[\"overlap often=20\"]}";

        // When
        HttpResponse<String> unknown = post(body, "Content-Type", "application/json");
        HttpResponse<String> form = post("{\"faults\":[]}", "Content-Type", "text/plain");
        HttpResponse<String> foreign =
                post("{\"faults\":[]}", "Content-Type", "application/json", "Origin", "https://example.com");

        // Then
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("overlap has no key 'often'");
        assertThat(form.statusCode()).isEqualTo(415);
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(faults.list()).extracting("fault").containsExactly("gone every=2");
    }
}
