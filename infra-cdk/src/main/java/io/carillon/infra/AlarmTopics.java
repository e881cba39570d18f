package io.carillon.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/** The topics that are told of alarms: one of the deployment's own for an e-mail address, and one that was there before. */
final class AlarmTopics extends Construct {

    private final List<ITopic> topics = new ArrayList<>();

    AlarmTopics(Construct scope, String id, CarillonProps props) {
        super(scope, id);
        props.monitoring().alarmEmail().ifPresent(address -> topics.add(mailing(address, props.prefix() + "alarms")));
        props.monitoring().alarmTopicArn().ifPresent(arn -> topics.add(Topic.fromTopicArn(this, "Theirs", arn)));
    }

    /** Not encrypted by a key: CloudWatch may not use the one that AWS manages, and the messages hold no more than figures. */
    private Topic mailing(String address, String name) {
        Topic topic = Topic.Builder.create(this, "Topic")
                .topicName(name)
                .displayName("Carillon alarms")
                .enforceSsl(true)
                .build();
        topic.addSubscription(new EmailSubscription(address));
        // A policy of its own takes the place of SNS's, which lets the account's alarms publish.
        topic.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("Alarms")
                .effect(Effect.ALLOW)
                .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
                .actions(List.of("sns:Publish"))
                .resources(List.of(topic.getTopicArn()))
                .conditions(Map.of(
                        "StringEquals",
                        Map.of("aws:SourceAccount", Stack.of(this).getAccount())))
                .build());
        return topic;
    }

    List<ITopic> all() {
        return List.copyOf(topics);
    }
}
