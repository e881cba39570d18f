package io.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.infra.Synthesized.Resource;
import io.carillon.push.Provider;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Token;

/** Platform applications that a stack makes from secrets. */
class PushApplicationsTest {

    private static final String TYPE = "Custom::PlatformApplication";
    private static final String SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:chat/fcm-AbCdEf";

    private final Synthesized everything = Synthesized.stage("everything");

    @Test
    void shouldHaveOneResourceForEachSecretThatNamesItAndHoldsNothingOfIt() {
        // When
        Resource fcm = application("/GCM/");

        // Then
        assertThat(everything.resources(TYPE)).hasSize(2);
        assertThat(fcm.properties().path("SecretArn").asText()).isEqualTo(SECRET);
        assertThat(fcm.properties().path("Revision").asInt()).isEqualTo(2);
        assertThat(fcm.properties().path("ServiceTimeout").asInt()).isEqualTo(300);
        assertThat(fcm.properties().path("ServiceToken").path("Ref").asText()).contains("Platforms");
    }

    @Test
    void shouldTellTheFunctionsTheArnThatTheApplicationGets() {
        // Given
        JsonNode arn = application("/GCM/").properties().path("ApplicationArn");

        // Then
        assertThat(arn.toString()).contains(":app/GCM/carillon-everything-push");
        for (String function : new String[] {"api", "push"}) {
            JsonNode variables = everything
                    .resource("AWS::Lambda::Function", "Handler", Policies.handler(function))
                    .properties()
                    .path("Environment")
                    .path("Variables");
            assertThat(variables.path("CARILLON_PUSH_FCM_ARN")).isEqualTo(arn);
            assertThat(variables.path("CARILLON_PUSH_APNS_SANDBOX_ARN").asText())
                    .endsWith("/APNS_SANDBOX/chat");
        }
    }

    @Test
    void shouldKeepTheApplicationsOfProductionWhenTheStackGoesAndNoOthers() {
        // Given
        Synthesized trial =
                Synthesized.of(CarillonProps.builder("trial", Synthesized.telling("chat"), Synthesized.functions())
                        .pushApplications(Map.of(Provider.FCM, new PushApplication.FromSecret(SECRET)))
                        .build());

        // Then
        assertThat(everything.resources(TYPE))
                .allMatch(each -> each.body().path("DeletionPolicy").asText().equals("Retain"));
        assertThat(trial.resources(TYPE))
                .hasSize(1)
                .allMatch(each -> each.body().path("DeletionPolicy").asText().equals("Delete"));
    }

    @Test
    void shouldHaveNoSuchFunctionWhereNothingIsMadeFromSecrets() {
        assertThat(Synthesized.withPush().resources("AWS::Lambda::Function"))
                .noneMatch(function ->
                        function.properties().path("Handler").asText().equals(Policies.handler("platforms")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat/fcm",
                "arn:aws:secretsmanager:eu-west-1:123456789012:secret:chat",
                "arn:aws:sns:eu-west-1:123456789012:app/APNS/chat",
                "arn:aws:s3:::chat"
            })
    void shouldRefuseWhatIsNeitherAnApplicationOfTheProviderNorTheWholeArnOfASecret(String arn) {
        assertThatThrownBy(() -> PushApplication.of(Provider.FCM, arn, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("push.fcm must be", "app/GCM/chat", "secret:chat/fcm-AbCdEf", arn);
    }

    @Test
    void shouldRefuseARevisionThatCouldNotGrow() {
        assertThatThrownBy(() -> PushApplication.of(Provider.FCM, SECRET, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("push.revision must be a whole number from 1 on");
    }

    @Test
    void shouldTakeTheSecretOfAnotherResourceOfTheSameApp() {
        // Given
        String unknown = Token.asString(Map.of("Ref", "TheirSecret"));

        // Then
        new PushApplication.FromSecret(unknown).require(Provider.FCM);
        new PushApplication.Existing(unknown).require(Provider.FCM);
    }

    private Resource application(String platform) {
        return everything
                .resources(TYPE)
                .filter(each ->
                        each.properties().path("ApplicationArn").toString().contains(platform))
                .findFirst()
                .orElseThrow();
    }
}
