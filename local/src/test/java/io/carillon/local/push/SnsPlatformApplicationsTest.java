package io.carillon.local.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.local.aws.LocalAws;
import io.carillon.sns.SnsPlatformApplications;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.NotFoundException;

/** The adapter to SNS, against an SNS that refuses to make what is there with other credentials. */
class SnsPlatformApplicationsTest {

    private static final Map<String, String> OLDER = Map.of("PlatformCredential", "older");
    private static final Map<String, String> NEWER = Map.of("PlatformCredential", "newer");

    private final LocalAws aws = LocalAws.inMemory();
    private final SnsClient sns = aws.sns();
    private final SnsPlatformApplications applications = new SnsPlatformApplications(sns);

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void shouldMakeAnApplicationOfTheNameAndPlatformThatItsArnHas() {
        // Given
        String arn = made("other", "APNS", OLDER).replace("other", "chat");

        // When
        applications.put(arn, NEWER);

        // Then: it can have endpoints, and making it again with these credentials gives the same.
        assertThat(endpoint(arn)).startsWith(arn.replace(":app/", ":endpoint/"));
        assertThat(made("chat", "APNS", NEWER)).isEqualTo(arn);
    }

    @Test
    void shouldRenewTheCredentialsOfAnApplicationAndKeepItsEndpoints() {
        // Given
        String arn = made("chat", "GCM", OLDER);
        String endpoint = endpoint(arn);

        // When
        applications.put(arn, NEWER);
        applications.put(arn, NEWER);

        // Then
        assertThat(made("chat", "GCM", NEWER)).isEqualTo(arn);
        assertThatThrownBy(() -> made("chat", "GCM", OLDER)).isInstanceOf(InvalidParameterException.class);
        assertThat(endpoint(arn)).isEqualTo(endpoint);
    }

    @Test
    void shouldDeleteAnApplicationWithItsEndpointsHoweverOften() {
        // Given
        String arn = made("chat", "GCM", OLDER);
        String endpoint = endpoint(arn);

        // When
        applications.delete(arn);
        applications.delete(arn);

        // Then
        assertThatThrownBy(() -> endpoint(arn)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> sns.getEndpointAttributes(get -> get.endpointArn(endpoint)))
                .isInstanceOf(NotFoundException.class);
    }

    private String made(String name, String platform, Map<String, String> attributes) {
        return sns.createPlatformApplication(
                        create -> create.name(name).platform(platform).attributes(attributes))
                .platformApplicationArn();
    }

    private String endpoint(String application) {
        return sns.createPlatformEndpoint(
                        create -> create.platformApplicationArn(application).token("token"))
                .endpointArn();
    }
}
