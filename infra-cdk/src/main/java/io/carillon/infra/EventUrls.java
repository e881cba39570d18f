package io.carillon.infra;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.sns.BackoffFunction;
import software.amazon.awscdk.services.sns.DeliveryPolicy;
import software.amazon.awscdk.services.sns.HealthyRetryPolicy;
import software.amazon.awscdk.services.sns.RequestPolicy;

/**
 * How SNS delivers to webhooks: what is answered with 429 or 5xx, or not at all, is repeated 20 times in about 50 minutes;
 * SNS takes no policy that goes on for more than an hour.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html">Delivery retries</a>
 */
final class EventUrls {

    private static final int RETRIES = 20;

    /** At first, five seconds apart. */
    private static final int SOON = 2;

    /** At last, five minutes apart; the ten between the two are further and further apart. */
    private static final int LATE = 8;

    private EventUrls() {}

    static DeliveryPolicy deliveryPolicy() {
        return DeliveryPolicy.builder()
                .healthyRetryPolicy(HealthyRetryPolicy.builder()
                        .minDelayTarget(Duration.seconds(5))
                        .maxDelayTarget(Duration.minutes(5))
                        .numRetries(RETRIES)
                        .numMinDelayRetries(SOON)
                        .numMaxDelayRetries(LATE)
                        .backoffFunction(BackoffFunction.EXPONENTIAL)
                        .build())
                // Bodies are JSON, and frameworks parse them only if they are called so; SNS says text/plain.
                .requestPolicy(RequestPolicy.builder()
                        .headerContentType("application/json")
                        .build())
                .build();
    }
}
