package io.carillon.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;

class LocalAwsTest {

    @Test
    void shouldCallServicesAtAnotherAddressWhenOneIsGiven() {
        try (var sqs = EmbeddedSqs.start("us-east-1", LocalAws.ACCOUNT);
                var aws = LocalAws.atEndpoint(sqs.endpoint(), Map.of())) {
            // When
            aws.sqs().createQueue(request -> request.queueName("push"));

            // Then
            assertThat(aws.sqs().listQueues().queueUrls()).containsExactly(sqs.endpoint() + "/000000000000/push");
            assertThat(aws.queueWatch().receiveWait())
                    .as("moto keeps to the locked groups of a long poll's beginning")
                    .isZero();
        }
    }

    @Test
    void shouldSayWhichServiceDidNotStart(@TempDir Path directory) throws IOException {
        // Given
        var file = Files.writeString(directory.resolve("file"), "no directory");

        try (var aws = LocalAws.inDirectory(file)) {
            // When, Then
            assertThatThrownBy(aws::dynamoDb)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("name a writable directory");
            assertThat(aws.sqs().listQueues().queueUrls()).isEmpty();
        }
    }

    @Test
    void shouldTakeRegionAndCredentialsFromEnvironmentWhenSet() {
        // When
        var access = AwsAccess.from(Map.of("AWS_DEFAULT_REGION", "eu-west-1"));

        // Then
        assertThat(access.region()).isEqualTo(Region.EU_WEST_1);
        assertThat(access.credentials().resolveCredentials().accessKeyId()).isEqualTo("local");
        assertThat(AwsAccess.from(Map.of()).region()).isEqualTo(Region.US_EAST_1);
        assertThat(AwsAccess.from(Map.of("AWS_ACCESS_KEY_ID", "AKIA", "AWS_REGION", "us-west-2")))
                .satisfies(other -> assertThat(other.region()).isEqualTo(Region.US_WEST_2))
                .satisfies(other -> assertThat(other.credentials()).isNotEqualTo(AwsAccess.LOCAL.credentials()));
    }

    @Test
    void shouldCloseWhenNothingListensAtTheAddress() {
        // Given
        var aws = LocalAws.atEndpoint(URI.create("http://127.0.0.1:1"), Map.of());

        // When
        aws.close();

        // Then
        assertThatThrownBy(() -> aws.sqs().listQueues()).isInstanceOf(RuntimeException.class);
    }
}
