package io.carillon.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.config.PackedConfig;
import io.carillon.config.SecretSection;
import io.carillon.push.Provider;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeployedStageTest {

    private final FakeAws aws = new FakeAws();

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void shouldFindEverythingByTheOutputsOfTheStack() {
        // Given
        aws.deploy(
                "prod",
                Map.of(
                        "ServerApiUrl", "https://abc.execute-api.eu-west-1.amazonaws.com/api",
                        "WebSocketUrl", "wss://def.execute-api.eu-west-1.amazonaws.com/prod",
                        "MailboxQueue", "https://sqs.eu-west-1.amazonaws.com/1/carillon-prod-mailboxes.fifo",
                        "ApiKeySecret", "generated-api",
                        "TokenSecret", "generated-token"),
                PackedConfig.pack("{\"carillon\":{\"post_quota\":7}}"));
        aws.secret("generated-api", "{\"key\":\"k\"}");
        aws.secret("generated-token", "{\"hmac_secret_key\":\"s\"}");

        // When
        DeployedStage stage = DeployedStage.find("prod", Optional.of(aws.endpoint()));

        // Then
        assertThat(stage.url()).isEqualTo(URI.create("https://abc.execute-api.eu-west-1.amazonaws.com"));
        assertThat(stage.webSocket()).isEqualTo(URI.create("wss://def.execute-api.eu-west-1.amazonaws.com/prod"));
        assertThat(stage.mailboxQueue()).endsWith("/carillon-prod-mailboxes.fifo");
        assertThat(stage.secrets()).containsOnlyKeys(SecretSection.API, SecretSection.TOKEN);
        assertThat(stage.secrets().get(SecretSection.API).path("key").asText()).isEqualTo("k");
        assertThat(stage.config().path("carillon").path("post_quota").asInt()).isEqualTo(7);
        assertThat(stage.concurrency()).contains(5);
    }

    @Test
    void shouldAskSnsAboutThePlatformApplicationsWhereThereIsMobilePush() {
        // Given
        String arn = "arn:aws:sns:eu-west-1:123456789012:app/APNS/chat";
        aws.deploy("quiet", Map.of(), "{}");
        aws.deploy("prod", Map.of("PushQueue", "https://sqs.eu-west-1.amazonaws.com/1/carillon-prod-push"), "{}");
        aws.platform(
                "prod",
                "CARILLON_PUSH_APNS_ARN",
                arn,
                Map.of("Enabled", "false", "AppleCertificateExpirationDate", "2027-01-01T00:00:00Z"));

        // Then
        assertThat(DeployedStage.find("quiet", Optional.of(aws.endpoint())).platforms())
                .isEmpty();
        assertThat(DeployedStage.find("prod", Optional.of(aws.endpoint())).platforms())
                .containsExactly(Map.entry(
                        Provider.APNS,
                        new PlatformState(
                                arn,
                                PlatformState.Standing.DISABLED,
                                Optional.of(Instant.parse("2027-01-01T00:00:00Z")))));
    }

    @Test
    void shouldFindThatAPlatformApplicationIsGone() {
        // Given
        aws.deploy("prod", Map.of("PushQueue", "https://sqs.eu-west-1.amazonaws.com/1/carillon-prod-push"), "{}");
        aws.platform("prod", "CARILLON_PUSH_FCM_ARN", "arn:aws:sns:eu-west-1:1:app/GCM/chat", Map.of());
        aws.forgetPlatforms();

        // Then
        assertThat(DeployedStage.find("prod", Optional.of(aws.endpoint())).platforms())
                .containsEntry(Provider.FCM, PlatformState.gone("arn:aws:sns:eu-west-1:1:app/GCM/chat"));
    }

    @Test
    void shouldSayHowToLookForAStackThatIsNotThere() {
        assertThatThrownBy(() -> DeployedStage.find("nowhere", Optional.of(aws.endpoint())))
                .hasMessageContaining("does not exist")
                .hasMessageContaining("aws cloudformation describe-stacks --stack-name carillon-nowhere")
                .hasMessageContaining("AWS_REGION");
    }

    @Test
    void shouldAskForADeploymentWhereTheStackIsOlderThanAnOutput() {
        // Given
        aws.deploy("old", Map.of(), "{}");

        // Then
        assertThatThrownBy(DeployedStage.find("old", Optional.of(aws.endpoint()))::mailboxQueue)
                .hasMessageContaining("MailboxQueue")
                .hasMessageContaining("./carillon deploy --stage old");
    }

    @Test
    void shouldSayThatSecretsCannotBeRead() {
        // Given
        aws.deploy("prod", Map.of("ApiKeySecret", "generated-api"), "{}");

        // Then
        assertThatThrownBy(DeployedStage.find("prod", Optional.of(aws.endpoint()))::secrets)
                .hasMessageContaining("not authorized");
    }
}
