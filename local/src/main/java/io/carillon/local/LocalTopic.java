package io.carillon.local;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * The topic that tells other systems what happens. Safe for use by several threads.
 *
 * @param sns reaches it
 */
public record LocalTopic(SnsClient sns, String arn) {

    /** Gives where its SNS is; empty if that is the Region's own. */
    public Optional<URI> address() {
        return sns.serviceClientConfiguration().endpointOverride();
    }

    /** Makes the topic, unless it exists. */
    static LocalTopic create(SnsClient sns, String name) {
        return new LocalTopic(sns, sns.createTopic(create -> create.name(name)).topicArn());
    }

    /** Subscribes a webhook, which gets its first event after it has confirmed. */
    void subscribe(URI webhook) {
        sns.subscribe(
                request -> request.topicArn(arn).protocol(webhook.getScheme()).endpoint(webhook.toString()));
    }
}
