package io.carillon.local.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.local.aws.LocalAws;
import io.carillon.push.Provider;
import io.carillon.push.PushGateway.Message;
import io.carillon.push.PushGateway.Outcome;
import io.carillon.sns.SnsPushGateway;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.NotFoundException;

/** The adapter to SNS, against an SNS that refuses what AWS refuses. */
class SnsPushGatewayTest {

    private static final Message HELLO = new Message("{\"default\":\"-\",\"GCM\":\"{}\"}", Map.of());

    private static LocalAws aws;
    private static SnsClient sns;
    private static String application;
    private static SnsPushGateway gateway;

    private final String token = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        aws = LocalAws.inMemory();
        sns = aws.sns();
        application = sns.createPlatformApplication(
                        create -> create.name("chat").platform("GCM").attributes(Map.of("PlatformCredential", "x")))
                .platformApplicationArn();
        gateway = new SnsPushGateway(sns, Map.of(Provider.FCM, application));
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    @Test
    void shouldKeepTheEndpointWhenATokenIsRegisteredAgain() {
        // Given
        String endpoint = register(Optional.empty());

        // Then
        assertThat(register(Optional.of(endpoint))).isEqualTo(endpoint);
        assertThat(register(Optional.empty())).isEqualTo(endpoint);
    }

    @Test
    void shouldGiveTheEndpointTheNewTokenAndEnableIt() {
        // Given
        String endpoint = gateway.endpoint(Provider.FCM, "old-" + token, Optional.empty());
        disable(endpoint);

        // When
        String kept = register(Optional.of(endpoint));

        // Then
        assertThat(kept).isEqualTo(endpoint);
        assertThat(sns.getEndpointAttributes(get -> get.endpointArn(endpoint)).attributes())
                .containsEntry("Token", token)
                .containsEntry("Enabled", "true");
    }

    @Test
    void shouldMakeAnotherEndpointWhenTheKnownOneIsGone() {
        // Given
        String endpoint = register(Optional.empty());
        gateway.delete(endpoint);

        // When
        String made = register(Optional.of(endpoint));

        // Then
        assertThat(made).isNotEqualTo(endpoint);
        assertThat(gateway.send(made, HELLO)).isInstanceOf(Outcome.Sent.class);
    }

    @Test
    void shouldMoveADeviceFromAnApplicationOfBeforeAndLeaveThatOneAlone() {
        // Given: the deployment had another application, which its functions may not use any more.
        String former = sns.createPlatformApplication(
                        create -> create.name("former").platform("GCM").attributes(Map.of("PlatformCredential", "x")))
                .platformApplicationArn();
        String before =
                new SnsPushGateway(sns, Map.of(Provider.FCM, former)).endpoint(Provider.FCM, token, Optional.empty());

        // When
        Outcome early = gateway.send(before, HELLO);
        String moved = register(Optional.of(before));
        gateway.delete(before);

        // Then
        assertThat(early)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).contains("when its app has started"));
        assertThat(moved).startsWith(application.replace(":app/", ":endpoint/"));
        assertThat(gateway.send(moved, HELLO)).isInstanceOf(Outcome.Sent.class);
        assertThat(sns.getEndpointAttributes(get -> get.endpointArn(before)).attributes())
                .containsEntry("Enabled", "true");
    }

    @Test
    void shouldTakeOverTheEndpointThatSomebodyElseMadeWithOtherAttributes() {
        // Given
        String endpoint = sns.createPlatformEndpoint(create ->
                        create.platformApplicationArn(application).token(token).customUserData("somebody else's"))
                .endpointArn();
        disable(endpoint);

        // When
        String found = register(Optional.empty());

        // Then
        assertThat(found).isEqualTo(endpoint);
        assertThat(gateway.send(found, HELLO)).isInstanceOf(Outcome.Sent.class);
    }

    @Test
    void shouldSayThatATokenIsDeadWhenItsEndpointIsDisabledOrGone() {
        // Given
        String endpoint = register(Optional.empty());
        disable(endpoint);

        // Then
        assertThat(gateway.send(endpoint, HELLO)).isEqualTo(new Outcome.Dead());
        gateway.delete(endpoint);
        gateway.delete(endpoint);
        assertThat(gateway.send(endpoint, HELLO)).isEqualTo(new Outcome.Dead());
    }

    @Test
    void shouldSayWhySnsRefusesAMessage() {
        // When
        Outcome outcome = gateway.send(register(Optional.empty()), new Message("not JSON", Map.of()));

        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).contains("JSON message body failed to parse"));
    }

    @Test
    void shouldServeOnlyProvidersWithAPlatformApplication() {
        assertThat(gateway.serves(Provider.FCM)).isTrue();
        assertThat(gateway.serves(Provider.APNS)).isFalse();
        assertThatThrownBy(
                        () -> sns.getEndpointAttributes(get -> get.endpointArn("arn:aws:sns:x:1:endpoint/GCM/chat/1")))
                .isInstanceOf(NotFoundException.class);
    }

    private String register(Optional<String> known) {
        return gateway.endpoint(Provider.FCM, token, known);
    }

    private static void disable(String endpoint) {
        sns.setEndpointAttributes(set -> set.endpointArn(endpoint).attributes(Map.of("Enabled", "false")));
    }
}
