package io.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.local.template.Description;
import io.carillon.push.Provider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The local runtime can start from what any stage is synthesized to. */
class LocalRuntimeTest {

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void shouldRunAStageWithoutMobilePush(String stage) {
        // When
        Description description =
                Description.of(Synthesized.stage(stage).template().toString());

        // Then
        assertThat(description.environment().tablePrefix()).isEqualTo("carillon-" + stage + "-");
        assertThat(description.environment().push()).isEmpty();
        assertThat(description.mappings()).hasSize(1);
    }

    @Test
    void shouldRunAStageWithMobilePush() {
        // When
        Description description =
                Description.of(Synthesized.withPush().template().toString());

        // Then
        assertThat(description.environment().push()).isPresent();
        assertThat(description.environment().topic()).contains("carillon-pushing-events");
    }

    @Test
    void shouldRunAStageThatMakesItsPlatformApplicationsFromSecrets() {
        // When
        Description description =
                Description.of(Synthesized.stage("everything").template().toString());

        // Then: what deployments invoke is not run.
        assertThat(description.environment().push().orElseThrow().applications())
                .containsEntry(Provider.FCM, "carillon-everything-push")
                .containsEntry(Provider.APNS_SANDBOX, "chat");
        assertThat(description.functions().values())
                .noneMatch(function -> function.handler().equals(Policies.handler("platforms")));
    }
}
