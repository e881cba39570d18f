package io.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.infra.Synthesized.Resource;
import io.carillon.push.Provider;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
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
    void shouldMakeApplicationsBeforeAnybodyUsesThem() {
        // When
        String resource = application("/GCM/").id();

        // Then
        for (String function : new String[] {"Api", "Push"}) {
            assertThat(everything.resources("AWS::Lambda::Version"))
                    .filteredOn(version -> version.id().startsWith("Carillon" + function + "Function"))
                    .singleElement()
                    .satisfies(version -> assertThat(
                                    version.body().path("DependsOn").toString())
                            .contains(resource));
        }
    }

    @Test
    void shouldBeAllowedToDeleteWhatHasLeftTheStagesFile() {
        // When
        String delete = statements()
                .filter(statement -> statement.toString().contains("DeletePlatformApplication"))
                .findFirst()
                .orElseThrow()
                .toString();

        // Then
        assertThat(delete)
                .contains(
                        ":app/GCM/carillon-everything-push",
                        ":app/APNS/carillon-everything-push",
                        ":app/APNS_SANDBOX/carillon-everything-push");
    }

    @Test
    void shouldDecryptOnlyTheseSecretsAndOnlyThroughSecretsManager() {
        // When
        JsonNode decrypt = statements()
                .filter(statement -> statement.path("Action").asText().equals("kms:Decrypt"))
                .filter(statement -> statement.toString().contains(SECRET))
                .findFirst()
                .orElseThrow();

        // Then
        JsonNode where = decrypt.at("/Condition/StringEquals");
        assertThat(where.path("kms:EncryptionContext:SecretARN").asText()).isEqualTo(SECRET);
        assertThat(where.path("kms:ViaService").toString()).contains("secretsmanager.");
    }

    @Test
    void shouldStartWhatIsInvokedOnceInMonthsWithoutASnapshotAndForgetWhatComesTooLate() {
        // When
        Resource function = everything.resource("AWS::Lambda::Function", "Handler", Policies.handler("platforms"));

        // Then
        assertThat(function.properties().has("SnapStart")).isFalse();
        assertThat(everything.resources("AWS::Lambda::EventInvokeConfig"))
                .singleElement()
                .satisfies(config -> assertThat(config.properties()
                                .path("MaximumEventAgeInSeconds")
                                .asInt())
                        .isEqualTo(300));
    }

    @Test
    void shouldRefuseWhatIsInAnotherRegionThanTheStack() {
        // Given
        CarillonProps props = CarillonProps.builder("prod", Synthesized.telling("chat"), Synthesized.functions())
                .pushApplications(Map.of(Provider.FCM, new PushApplication.FromSecret(SECRET)))
                .build();
        Stack here = new Stack(
                new App(),
                "Here",
                StackProps.builder()
                        .env(Environment.builder()
                                .region("us-east-1")
                                .account("123456789012")
                                .build())
                        .build());

        // Then
        assertThatThrownBy(() -> new Carillon(here, "Carillon", props))
                .hasMessageContainingAll("push.fcm must be in the Region and account", "us-east-1", SECRET);
    }

    @Test
    void shouldRefuseToNameWhatTheStageMakesAndDeletes() {
        // Given
        Map<Provider, PushApplication> own = Map.of(
                Provider.FCM,
                new PushApplication.Existing("arn:aws:sns:eu-west-1:123456789012:app/GCM/carillon-dev-push"));
        CarillonProps.Builder dev = CarillonProps.builder("dev", Synthesized.telling("chat"), Synthesized.functions())
                .pushApplications(own);

        // Then
        assertThatThrownBy(dev::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("push.fcm names an application that the stage makes itself");
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
                "arn:aws:secretsmanager:eu-west-1:123456789012:secret:*-AbCdEf",
                "arn:aws:sns:eu-west-1:123456789012:app/GCM/chat/../x",
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

    /** Lists what the function that makes applications may do. */
    private Stream<JsonNode> statements() {
        JsonNode statements = everything
                .resources("AWS::IAM::Policy")
                .filter(each -> each.id().contains("Platforms"))
                .findFirst()
                .orElseThrow()
                .properties()
                .at("/PolicyDocument/Statement");
        return StreamSupport.stream(statements.spliterator(), false);
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
