package io.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;

/** What somebody is told who made a mistake in a stage's file, or in its name. */
class StageFileTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(folder.resolve("stages"));
        Files.writeString(folder.resolve("carillon.yaml"), "channel: {}");
    }

    @Test
    void shouldNameAllThatIsWrongAtOnceWithTheKeysAndWhatIsAllowed() throws IOException {
        // Given
        stage("""
                producton: true
                production: maybe
                deliver_concurrency: 1
                log_retention_days: 31
                tags: [chat]
                web_socket:
                  throttle: {burst: x}
                http:
                  throttle: {requests_per_second: 0, burst: 6}
                  domain: {name: api.example.com}
                push: {fcm: nonsense}
                event_subscriptions: [{queue: a, types: join}, {quene: b}]
                two_regions: {region: eu-west-1}
                monitoring: {log_level: CHATTY}
                """);

        // Then
        assertThatThrownBy(this::props)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "test.yaml is wrong:",
                        "producton is unknown; the keys here are production, config,",
                        "production must be true or false; it was \"maybe\"",
                        "deliver_concurrency must be 2 to 1000",
                        "log_retention_days must be one of [1, 3",
                        "tags must be keys with texts",
                        "web_socket.throttle.burst must be a whole number; it was \"x\"",
                        "http.throttle needs requests_per_second and burst, each a whole number from 1 on; it was 0 and 6",
                        "http.domain needs name and certificate_arn",
                        "push.fcm must be the ARN",
                        "event_subscriptions[0].types must be a list; it was \"join\"",
                        "event_subscriptions[1].quene is unknown; the keys here are url, queue, function",
                        "two_regions needs region, other",
                        "monitoring.log_level must be one of")
                .hasMessageNotContaining("Deserialize");
    }

    @Test
    void shouldSayThatTheConfigurationIsNotThere() {
        assertThatThrownBy(() -> CarillonApp.props(
                        folder, "test", Optional.of(folder.resolve("none.yaml")), Path.of("code.zip")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("none.yaml does not exist");
    }

    @Test
    void shouldSayThatAStageHasNoFileUnlessItIsTheInitialOne() throws IOException {
        // Given
        stage("production: true");

        // Then
        assertThat(CarillonApp.notice(folder, "tset"))
                .contains("there is no stages/tset.yaml (there are: test.yaml): the stage gets the defaults, and is not"
                        + " production");
        assertThat(CarillonApp.notice(folder, "test")).isEmpty();
        assertThat(CarillonApp.notice(folder, "dev")).isEmpty();
    }

    @Test
    void shouldWarnWhenNobodyIsToldOfTheAlarmsOfProduction() throws IOException {
        // Given
        stage("production: true");

        // Then
        warnings().hasWarning("/carillon-test", Match.stringLikeRegexp("monitoring.alarm_email or.*alarm_topic_arn"));
    }

    @Test
    void shouldNotWarnWhenSomebodyIsToldOfTheAlarms() throws IOException {
        // Given
        stage("production: true\nmonitoring: {alarm_email: ops@example.com}");

        // Then
        warnings().hasNoWarning("/carillon-test", Match.anyValue());
    }

    private Annotations warnings() {
        return Annotations.fromStack(CarillonApp.add(new App(), props(Synthesized.functions())));
    }

    private CarillonProps props() {
        return props(Path.of("code.zip"));
    }

    private CarillonProps props(Path functions) {
        return CarillonApp.props(folder, "test", Optional.empty(), functions);
    }

    private void stage(String yaml) throws IOException {
        Files.writeString(folder.resolve("stages").resolve("test.yaml"), yaml);
    }
}
