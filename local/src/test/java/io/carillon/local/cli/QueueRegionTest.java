package io.carillon.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;

class QueueRegionTest {

    @ParameterizedTest
    @CsvSource({
        "https://sqs.eu-west-1.amazonaws.com/123456789012/carillon-dev-mailboxes.fifo, eu-west-1",
        "https://sqs-fips.us-gov-west-1.amazonaws.com/123456789012/q, us-gov-west-1",
        "https://sqs.cn-north-1.amazonaws.com.cn/123456789012/q, cn-north-1"
    })
    void shouldReadTheRegionFromAQueueAtAws(String url, String region) {
        assertThat(QueueRegion.of(url)).contains(Region.of(region));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:4566/000000000000/q", "https://queue.example.com/q", ""})
    void shouldLeaveTheRegionOfOtherQueuesToTheEnvironment(String url) {
        assertThat(QueueRegion.of(url)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Unable to load region from any of the providers in the chain software.amazon.awssdk.Chain@1, AWS_REGION",
        "Unable to load credentials from any of the providers in the chain Chain(x), AWS_PROFILE"
    })
    void shouldSayWhatToSetInPlaceOfTheSdksClasses(String message, String variable) {
        assertThatExceptionOfType(Misconfigured.class)
                .isThrownBy(() -> AwsTrouble.told(() -> {
                    throw SdkClientException.create(message);
                }))
                .withMessageContaining(variable)
                .withMessageNotContaining("hain");
    }

    @Test
    void shouldLeaveOtherTroubleAsItIs() {
        SdkClientException down = SdkClientException.create("Connect to sqs failed");

        assertThatExceptionOfType(SdkClientException.class)
                .isThrownBy(() -> AwsTrouble.told(() -> {
                    throw down;
                }))
                .isSameAs(down);
    }
}
