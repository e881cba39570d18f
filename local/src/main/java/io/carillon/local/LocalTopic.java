package io.carillon.local;

import java.net.URI;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * The topic that tells other systems what happens. Safe for use by several threads.
 *
 * @param sns reaches it
 */
record LocalTopic(SnsClient sns, String arn) {

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
