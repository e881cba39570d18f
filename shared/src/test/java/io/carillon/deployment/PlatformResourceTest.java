package io.carillon.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.events.aws.ResourceAnswer;
import io.carillon.events.aws.ResourceRequest;
import io.carillon.events.aws.ResourceRequest.Type;
import io.carillon.fakes.FakePlatformApplications;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a platform application when a stack is made, changed, rolled back and taken away. */
class PlatformResourceTest {

    private static final String FCM = "arn:aws:sns:eu-west-1:123456789012:app/GCM/carillon-prod-push";
    private static final String APNS = "arn:aws:sns:eu-west-1:123456789012:app/APNS/carillon-prod-push";
    private static final String SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:chat-AbCdEf";
    private static final String ACCOUNT = """
            {"type":"service_account","project_id":"chat","client_email":"a@b","private_key":"hush"}""";
    private static final String TOKEN = """
            {"token_auth_key":"-----BEGIN PRIVATE KEY-----hush","token_key_id":"KEY","token_team_id":"TEAM",
             "bundle_id":"com.example.chat"}""";

    private final FakePlatformApplications applications = new FakePlatformApplications();
    private final Map<String, String> secrets = new HashMap<>(Map.of(SECRET, ACCOUNT));
    private final PlatformResource resource = new PlatformResource(applications, secrets::get);

    @Test
    void shouldMakeAnApplicationFromTheKeyFileOfFirebase() {
        // When
        ResourceAnswer answer = resource.answer(create(FCM));

        // Then
        assertThat(applications.there()).containsExactly(Map.entry(FCM, Map.of("PlatformCredential", ACCOUNT)));
        assertThat(answer).isEqualTo(new ResourceAnswer("SUCCESS", "", FCM, "stack", "request", "Fcm"));
    }

    @Test
    void shouldMakeAnApplicationFromATokenOfApple() {
        // Given
        secrets.put(SECRET, TOKEN);

        // When
        resource.answer(create(APNS));

        // Then
        assertThat(applications.there().get(APNS))
                .containsOnly(
                        Map.entry("PlatformCredential", "-----BEGIN PRIVATE KEY-----hush"),
                        Map.entry("PlatformPrincipal", "KEY"),
                        Map.entry("ApplePlatformTeamID", "TEAM"),
                        Map.entry("ApplePlatformBundleID", "com.example.chat"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GCM  | hush                            | push.fcm must be | it is no JSON",
                "GCM  | [\"hush\"]                      | push.fcm must be | it is no JSON object",
                "GCM  | {\"private_key\":\"hush\"}      | push.fcm must be | it has no project_id, client_email",
                "APNS | {\"token_auth_key\":\"hush\"}   | push.apns must be | no token_key_id, token_team_id, bundle_id",
                "APNS | {\"token_auth_key\":\"hush\",\"token_key_id\":\"K\",\"token_team_id\":\"T\",\"bundle_id\":\"b\"}"
                        + " | push.apns must be | with its BEGIN PRIVATE KEY",
                "GCM  | {\"type\":\"user\",\"project_id\":\"p\",\"client_email\":\"e\",\"private_key\":\"hush\"}"
                        + " | push.fcm must be | \"type\": \"service_account\"",
            })
    void shouldSayWhatTheSecretMustBeAndNotWhatItIs(String platform, String secret, String key, String why) {
        // Given
        secrets.put(SECRET, secret);

        // When
        ResourceAnswer answer = resource.answer(create(FCM.replace("GCM", platform)));

        // Then
        assertThat(answer.succeeded()).isFalse();
        assertThat(answer.reason()).contains(key, why).doesNotContain("hush");
        assertThat(applications.there()).isEmpty();
    }

    @Test
    void shouldNameTheSecretThatCannotBeRead() {
        // Given
        PlatformResource unread = new PlatformResource(applications, arn -> {
            throw new IllegalStateException("ResourceNotFoundException");
        });

        // When
        ResourceAnswer answer = unread.answer(create(FCM));

        // Then
        assertThat(answer.reason()).contains("push.fcm", SECRET, "Region", "ResourceNotFoundException");
    }

    @Test
    void shouldLeaveAnOlderApplicationAloneWhenACreationThatFailedIsRolledBack() {
        // Given: the application of an earlier stack, which was kept.
        applications.put(FCM, Map.of("PlatformCredential", "older"));
        secrets.put(SECRET, "{}");
        ResourceAnswer failed = resource.answer(create(FCM));

        // When
        ResourceAnswer rolledBack = resource.answer(delete(failed.physicalId()));

        // Then
        assertThat(failed.succeeded()).isFalse();
        assertThat(rolledBack.succeeded()).isTrue();
        assertThat(applications.there()).containsKey(FCM);
    }

    @Test
    void shouldReadTheSecretAgainWhenTheRevisionHasGrown() {
        // Given
        resource.answer(create(FCM));
        secrets.put(SECRET, ACCOUNT.replace("hush", "newer"));

        // When
        ResourceAnswer answer = resource.answer(update("1", "2"));

        // Then
        assertThat(answer.physicalId()).isEqualTo(FCM);
        assertThat(applications.there().get(FCM).get("PlatformCredential")).contains("newer");
    }

    @Test
    void shouldGoBackWhenANewSecretIsWrong() {
        // Given
        resource.answer(create(FCM));
        secrets.put(SECRET, "{}");

        // When
        ResourceAnswer failed = resource.answer(update("1", "2"));
        ResourceAnswer rolledBack = resource.answer(update("2", "1"));

        // Then: the stack is as it was, and the credentials are the older ones.
        assertThat(failed.succeeded()).isFalse();
        assertThat(failed.physicalId()).isEqualTo(FCM);
        assertThat(rolledBack.succeeded()).isTrue();
        assertThat(rolledBack.physicalId()).isEqualTo(FCM);
        assertThat(applications.there().get(FCM).get("PlatformCredential")).isEqualTo(ACCOUNT);
    }

    @Test
    void shouldReadAnotherSecretWhoseRevisionBeginsAgain() {
        // Given
        resource.answer(create(FCM));
        secrets.put(SECRET, ACCOUNT.replace("hush", "newer"));

        // When
        ResourceAnswer answer = resource.answer(update("3", "1"));

        // Then
        assertThat(answer.succeeded()).isTrue();
        assertThat(applications.there().get(FCM).get("PlatformCredential")).contains("newer");
    }

    @Test
    void shouldDeleteNothingWhenCloudFormationMadeUpTheNameOfWhatItNeverGotAnAnswerFor() {
        // Given
        resource.answer(create(FCM));

        // When
        ResourceAnswer answer = resource.answer(delete("carillon-prod-Fcm-1XK2ZQ9"));

        // Then
        assertThat(answer.succeeded()).isTrue();
        assertThat(applications.there()).containsKey(FCM);
    }

    @ParameterizedTest
    @ValueSource(strings = {ACCOUNT, "value \"private_key\":\"hu…", "-----BEGIN PRIVATE KEY-----"})
    void shouldNotShowCredentialsThatSnsQuotes(String quoted) {
        // Given
        PlatformResource refused = new PlatformResource(new RefusingPlatformApplications(quoted), secrets::get);

        // When
        ResourceAnswer answer = refused.answer(create(FCM));

        // Then
        assertThat(answer.succeeded()).isFalse();
        assertThat(answer.reason()).contains("SNS does not take", "push.fcm").doesNotContain("hu", "BEGIN");
    }

    @Test
    void shouldAnswerAlsoWhenTheFunctionItselfIsBroken() {
        // Given
        PlatformResource broken = new PlatformResource(applications, arn -> {
            throw new NoClassDefFoundError("io/carillon/Missing");
        });

        // When
        ResourceAnswer answer = broken.answer(create(FCM));

        // Then
        assertThat(answer.succeeded()).isFalse();
        assertThat(answer.reason()).contains("Missing");
    }

    @Test
    void shouldTakeAnApplicationAwayWithItsStackHoweverOftenThatIsAsked() {
        // Given
        resource.answer(create(FCM));

        // When
        ResourceAnswer first = resource.answer(delete(FCM));
        ResourceAnswer again = resource.answer(delete(FCM));

        // Then
        assertThat(first.succeeded()).isTrue();
        assertThat(again.succeeded()).isTrue();
        assertThat(applications.there()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "arn:aws:sns:eu-west-1:123456789012:topic", "arn:aws:sns:eu-west-1:1:app/ADM/chat"})
    void shouldFailRatherThanKeepADeploymentWaitingWhenTheTemplateIsWrong(String arn) {
        // When
        ResourceAnswer answer = resource.answer(create(arn));

        // Then
        assertThat(answer.succeeded()).isFalse();
        assertThat(answer.reason()).isNotEmpty();
    }

    private static ResourceRequest create(String arn) {
        return request(Type.CREATE, "", properties(arn, "1"), Map.of());
    }

    private static ResourceRequest update(String before, String now) {
        return request(Type.UPDATE, FCM, properties(FCM, now), properties(FCM, before));
    }

    private static ResourceRequest delete(String physicalId) {
        return request(Type.DELETE, physicalId, properties(FCM, "1"), Map.of());
    }

    private static Map<String, String> properties(String arn, String revision) {
        return Map.of("ApplicationArn", arn, "SecretArn", SECRET, "Revision", revision);
    }

    private static ResourceRequest request(
            Type type, String physicalId, Map<String, String> properties, Map<String, String> before) {
        URI address = URI.create("https://answers.example");
        return new ResourceRequest(type, address, "request", "stack", "Fcm", physicalId, properties, before);
    }

    private record RefusingPlatformApplications(String quoted) implements PlatformApplications {

        @Override
        public void put(String arn, Map<String, String> attributes) {
            throw new IllegalStateException("Invalid parameter: " + quoted);
        }

        @Override
        public void delete(String arn) {
            throw new IllegalStateException(quoted);
        }
    }
}
