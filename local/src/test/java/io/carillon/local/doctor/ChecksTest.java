package io.carillon.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.config.Config;
import io.carillon.local.aws.FailedMails;
import io.carillon.local.doctor.Finding.Grade;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksTest {

    @Test
    void shouldFindNothingWrongWithASoundConfiguration() {
        // Given
        Config sound = Config.read("""
                {"client":{"token":{"hmac_secret_key":"0123456789abcdef0123456789abcdef"},
                 "allowed_origins":["https://app.example.com"]},"http_api":{"key":"key"}}""");

        // Then
        assertThat(new ConfigCheck(sound, false).look())
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
        List<Finding> found = new ConfigCheck(open, false).look();

        // Then
        assertThat(new ConfigCheck(open, true).look())
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
                        Config.read("{\"client\":{\"allow_anonymous_connect_without_token\":true}}"), true)
                .look();

        // Then
        assertThat(found).extracting(Finding::grade).containsExactly(Grade.PROBLEM);
        assertThat(found.getLast().remedy()).contains("http_api.key");
    }

    @Test
    void shouldCompareTheLoadWithEachQuota() {
        // Then
        assertThat(grades(new LoadCheck.Expected(1_000, 10, 100, 10))).containsExactly(Grade.OK, Grade.OK, Grade.OK);
        assertThat(grades(new LoadCheck.Expected(1_000, 80, 100, 800)))
                .containsExactly(Grade.WARNING, Grade.OK, Grade.WARNING);
        assertThat(grades(new LoadCheck.Expected(4_000_000, 200, 100, 2_000)))
                .containsExactly(Grade.PROBLEM, Grade.PROBLEM, Grade.WARNING, Grade.PROBLEM);
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
        return new LoadCheck(expected, 10_000)
                .look().stream().map(Finding::grade).toList();
    }
}
