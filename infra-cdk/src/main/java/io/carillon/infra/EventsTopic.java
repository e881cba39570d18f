package io.carillon.infra;

import java.util.List;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** The topic that other systems subscribe to; its messages to URLs are signed with SHA-256. */
final class EventsTopic extends Construct {

    /** The one function that has nothing to tell: it lets sockets in that have not said who they are. */
    private static final String SILENT = "connect";

    private final Topic topic;

    EventsTopic(Construct scope, String id, CarillonProps props) {
        super(scope, id);
        topic = Topic.Builder.create(this, "Topic")
                .topicName(props.prefix() + "events")
                .enforceSsl(true)
                .signatureVersion("2")
                .build();
    }

    /** Allows a function to tell what happens. */
    void allow(CarillonFunction function, FunctionSpec spec) {
        if (!spec.name().equals(SILENT)) {
            function.allow(List.of("sns:Publish"), topic.getTopicArn());
        }
    }

    Topic topic() {
        return topic;
    }
}
