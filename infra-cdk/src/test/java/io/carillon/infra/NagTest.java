package io.carillon.infra;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Matcher;
import software.amazon.awscdk.services.sqs.Queue;

/** cdk-nag's pack for AWS Solutions: no finding that is not explained where the resource is made. */
class NagTest {

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod", "everything"})
    void shouldExplainEveryFinding(String stage) {
        // Given
        App app = app(stage);
        CarillonStack stack = CarillonApp.add(app, Synthesized.props(stage));

        // Then
        requireNoFinding(app, stack);
    }

    @Test
    void shouldExplainEveryFindingOfSubscriptions() {
        // Given
        App app = app("telling");

        // Then
        requireNoFinding(app, Synthesized.telling(app));
    }

    private static App app(String stage) {
        return new App(AppProps.builder()
                .outdir(Path.of("target", "nag", stage).toAbsolutePath().toString())
                .analyticsReporting(false)
                .build());
    }

    private static void requireNoFinding(App app, Stack stack) {
        Aspects.of(app).add(AwsSolutionsChecks.Builder.create().build());

        Annotations annotations = Annotations.fromStack(stack);
        Matcher any = Match.stringLikeRegexp("AwsSolutions-.*");
        assertThatCode(() -> annotations.hasNoError("*", any)).doesNotThrowAnyException();
        assertThatCode(() -> annotations.hasNoWarning("*", any)).doesNotThrowAnyException();
    }

    @Test
    void shouldFindWhatIsNotExplained() {
        // Given
        App app = new App();
        Stack stack = new Stack(app, "Careless");
        new Queue(stack, "Queue");
        Aspects.of(app).add(AwsSolutionsChecks.Builder.create().build());

        // When
        Annotations annotations = Annotations.fromStack(stack);

        // Then
        assertThatThrownBy(() -> annotations.hasNoError("*", Match.stringLikeRegexp("AwsSolutions-.*")))
                .hasMessageContaining("AwsSolutions-SQS");
    }
}
