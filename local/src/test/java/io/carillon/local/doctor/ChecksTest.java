package io.carillon.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.config.Config;
import io.carillon.config.SecretSection;
import io.carillon.events.Json;
import io.carillon.local.aws.FailedMails;
import io.carillon.local.aws.PlatformState;
import io.carillon.local.aws.PlatformState.Standing;
import io.carillon.local.doctor.Finding.Grade;
import io.carillon.push.Provider;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChecksTest {

    @Test
    void shouldFindNothingWrongWithASoundConfiguration() {
        // Given
        Config sound = Config.read("""
                {"client":{"token":{"hmac_secret_key":"0123456789abcdef0123456789abcdef"},
                 "allowed_origins":["https://app.example.com"]},"http_api":{"key":"key"}}""");

        // Then
        assertThat(new ConfigCheck(KnownConfig.whole(sound), false).look())
                .extracting(Finding::grade)
                .containsExactly(Grade.OK);
    }

    @Test
    void shouldNameWhatIsOpenToEverybodyOnlyWhereOthersReachIt() {
        // Given
        Config open = Config.read("""
                {"client":{"token":{"hmac_secret_key":"short"},"insecure":true,"allowed_origins":["*"]},
                 "http_api":{"insecure":true}}""");

        // When
        List<Finding> found = new ConfigCheck(KnownConfig.whole(open), false).look();

        // Then
        assertThat(new ConfigCheck(KnownConfig.whole(open), true).look())
                .extracting(Finding::grade)
                .containsExactly(Grade.OK);
        assertThat(found)
                .extracting(Finding::grade)
                .containsExactly(Grade.PROBLEM, Grade.PROBLEM, Grade.WARNING, Grade.WARNING);
        assertThat(found).extracting(Finding::remedy).allMatch(remedy -> !remedy.isEmpty());
    }

    @Test
    void shouldNameTheKeyWithoutWhichNoBackendGetsIn() {
        // When
        List<Finding> found = new ConfigCheck(
                        KnownConfig.whole(Config.read("{\"client\":{\"allow_anonymous_connect_without_token\":true}}")),
                        true)
                .look();

        // Then
        assertThat(found).extracting(Finding::grade).containsExactly(Grade.PROBLEM);
        assertThat(found.getLast().remedy()).contains("http_api.key");
    }

    @Test
    void shouldCompareTheLoadWithEachQuota() {
        // Then
        assertThat(grades(new LoadCheck.Expected(1_000, 10, 100, 10)))
                .containsExactly(Grade.OK, Grade.OK, Grade.OK, Grade.OK);
        assertThat(grades(new LoadCheck.Expected(1_000, 80, 100, 800)))
                .containsExactly(Grade.WARNING, Grade.OK, Grade.OK, Grade.WARNING);
        assertThat(grades(new LoadCheck.Expected(4_000_000, 200, 100, 2_000)))
                .containsExactly(Grade.PROBLEM, Grade.PROBLEM, Grade.WARNING, Grade.OK, Grade.PROBLEM);
    }

    @Test
    void shouldCompareTheLoadWithWhatTheAccountWasGiven() {
        // Given: a new account, and one whose quotas were raised.
        LoadCheck.Expected load = new LoadCheck.Expected(36_000, 200, 100, 10);
        LoadCheck.Quotas few = new LoadCheck.Quotas(10_000, 500, 10);
        LoadCheck.Quotas raised = new LoadCheck.Quotas(40_000, 1_000, 1_000);

        // When
        List<Finding> found = new LoadCheck(load, few, 1_000).look();

        // Then
        assertThat(found)
                .filteredOn(finding -> finding.remedy().contains("L-B99A9384"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.grade()).isEqualTo(Grade.PROBLEM);
                    assertThat(finding.what()).contains("of 10");
                });
        assertThat(new LoadCheck(load, raised, 1_000).look())
                .extracting(Finding::grade)
                .containsOnly(Grade.OK);
    }

    @Test
    void shouldReckonWithADeliveryForEachShard() {
        // Given: 100 publications a second to 1,000 shards of one subscriber each.
        LoadCheck.Expected load = new LoadCheck.Expected(1_000, 100, 1_000, 1);
        LoadCheck.Quotas quotas = new LoadCheck.Quotas(1_000_000, 500, 1_000);

        // Then
        assertThat(new LoadCheck(load, quotas, 1).look())
                .extracting(Finding::grade)
                .contains(Grade.PROBLEM);
        assertThat(new LoadCheck(load, quotas, 1_000).look())
                .extracting(Finding::grade)
                .containsOnly(Grade.OK);
    }

    @Test
    void shouldReadADeployedConfigurationWithoutItsSecretsAndSaySo() {
        // When
        KnownConfig deployed = known("{\"client\":{\"allowed_origins\":[\"https://app.example.com\"]}}");
        KnownConfig cognito = known(
                "{\"client\":{\"allowed_origins\":[\"https://a.b\"],\"token\":{\"cognito_user_pool_id\":\"eu-west-1_AbCdEf123\"}}}");

        // Then: a key that is not known is not one that is missing.
        assertThat(deployed.unknown()).containsExactlyInAnyOrder(SecretSection.API, SecretSection.TOKEN);
        assertThat(cognito.unknown()).containsExactly(SecretSection.API);
        assertThat(new ConfigCheck(deployed, false).look()).singleElement().satisfies(finding -> {
            assertThat(finding.grade()).isEqualTo(Grade.OK);
            assertThat(finding.what()).contains("secrets were not looked at");
        });
        assertThat(new ConfigCheck(cognito, false).look())
                .extracting(Finding::grade)
                .containsExactly(Grade.OK);
    }

    private static KnownConfig known(String json) {
        return KnownConfig.of(Json.read(json, ObjectNode.class));
    }

    @Test
    void shouldFindMailsThatFailed() {
        // Then
        assertThat(QueuesCheck.look(new FailedMails.Depth(0, 0)))
                .extracting(Finding::grade)
                .containsExactly(Grade.OK, Grade.OK);
        assertThat(QueuesCheck.look(new FailedMails.Depth(5_000, 3)))
                .extracting(Finding::grade)
                .containsExactly(Grade.PROBLEM, Grade.WARNING);
    }

    @Test
    void shouldFindPushJobsThatFailed() {
        // Then
        assertThat(QueuesCheck.lookAtPush(new FailedMails.Depth(0, 0)))
                .extracting(Finding::grade)
                .containsExactly(Grade.OK, Grade.OK);
        assertThat(QueuesCheck.lookAtPush(new FailedMails.Depth(5_000, 3)))
                .extracting(Finding::grade)
                .containsExactly(Grade.PROBLEM, Grade.WARNING);
        assertThat(QueuesCheck.lookAtPush(new FailedMails.Depth(0, 3))
                        .getFirst()
                        .remedy())
                .contains("redrive --push");
    }

    private static List<Grade> grades(LoadCheck.Expected expected) {
        return new LoadCheck(expected, new LoadCheck.Quotas(10_000, 500, 1_000), 1_000)
                .look().stream().map(Finding::grade).toList();
    }

    @Test
    void shouldSayWhichPlatformApplicationsDoNotSendAndWhichWillNotForLong() {
        // Given
        Instant now = Instant.parse("2026-03-01T00:00:00Z");
        Map<Provider, PlatformState> states = Map.of(
                Provider.FCM, new PlatformState("fcm", Standing.DISABLED, Optional.empty()),
                Provider.APNS, new PlatformState("apns", Standing.ENABLED, Optional.of(now.plusSeconds(86_400))),
                Provider.APNS_SANDBOX, new PlatformState("sandbox", Standing.GONE, Optional.empty()));

        // When
        List<Finding> found = PlatformsCheck.look(() -> states, now);

        // Then
        assertThat(found).extracting(Finding::grade).containsExactly(Grade.PROBLEM, Grade.WARNING, Grade.PROBLEM);
        assertThat(found.get(1).what()).contains("apns", "ends at 2026-03-02");
        assertThat(PlatformsCheck.look(
                        () -> Map.of(
                                Provider.APNS,
                                new PlatformState(
                                        "apns", Standing.ENABLED, Optional.of(Instant.parse("2027-01-01T00:00:00Z")))),
                        now))
                .extracting(Finding::grade)
                .containsExactly(Grade.OK);
    }

    @Test
    void shouldSayWhatToAllowWhereSnsCannotBeAsked() {
        // When
        List<Finding> found = PlatformsCheck.look(
                () -> {
                    throw new IllegalStateException("not authorized");
                },
                Instant.EPOCH);

        // Then
        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.grade()).isEqualTo(Grade.WARNING);
            assertThat(finding.what()).contains("not authorized");
            assertThat(finding.remedy()).contains("sns:GetPlatformApplicationAttributes");
        });
    }
}
