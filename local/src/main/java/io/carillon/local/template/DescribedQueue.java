package io.carillon.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.local.template.Template.Resource;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * An SQS queue.
 *
 * @param id its logical id in the template
 * @param name its name
 * @param attributes what it is made with, but for its redrive policy
 * @param redrive where messages go that are received too often
 */
public record DescribedQueue(
        String id, String name, Map<QueueAttributeName, String> attributes, Optional<Redrive> redrive) {

    static final String TYPE = "AWS::SQS::Queue";

    /** What SQS takes where a template says nothing. */
    private static final String VISIBILITY_SECONDS = "30";

    /** The attributes that the template calls by the same names; which key encrypts changes nothing here. */
    private static final List<QueueAttributeName> KNOWN = List.of(
            QueueAttributeName.FIFO_QUEUE,
            QueueAttributeName.CONTENT_BASED_DEDUPLICATION,
            QueueAttributeName.DEDUPLICATION_SCOPE,
            QueueAttributeName.FIFO_THROUGHPUT_LIMIT,
            QueueAttributeName.MESSAGE_RETENTION_PERIOD,
            QueueAttributeName.VISIBILITY_TIMEOUT,
            QueueAttributeName.DELAY_SECONDS,
            QueueAttributeName.MAXIMUM_MESSAGE_SIZE);

    /**
     * Says where messages go that are received too often.
     *
     * @param queueId the dead-letter queue's logical id
     * @param receives how often a message is received before that
     */
    public record Redrive(String queueId, int receives) {}

    public DescribedQueue {
        attributes = Map.copyOf(attributes);
    }

    static DescribedQueue of(Resource resource, Template template) {
        Map<QueueAttributeName, String> attributes = new EnumMap<>(QueueAttributeName.class);
        attributes.put(QueueAttributeName.VISIBILITY_TIMEOUT, VISIBILITY_SECONDS);
        for (QueueAttributeName name : KNOWN) {
            JsonNode value = resource.properties().path(name.toString());
            if (value.isValueNode()) {
                attributes.put(name, value.asText());
            }
        }
        String name = resource.required("QueueName");
        if (name.endsWith(".fifo") != "true".equals(attributes.get(QueueAttributeName.FIFO_QUEUE))) {
            throw new InvalidTemplate(resource + " is named " + name
                    + ": the names of FIFO queues, and of no others, end in .fifo (FifoQueue: true)");
        }
        return new DescribedQueue(resource.id(), name, attributes, redrive(resource, template));
    }

    private static Optional<Redrive> redrive(Resource resource, Template template) {
        JsonNode policy = resource.properties().path("RedrivePolicy");
        if (policy.isMissingNode()) {
            return Optional.empty();
        }
        Resource target = template.find(policy.path("deadLetterTargetArn"), TYPE)
                .orElseThrow(() -> new InvalidTemplate(resource + " must name a queue as its deadLetterTargetArn"));
        return Optional.of(
                new Redrive(target.id(), policy.path("maxReceiveCount").asInt()));
    }

    Duration visibility() {
        return Duration.ofSeconds(Long.parseLong(attributes.get(QueueAttributeName.VISIBILITY_TIMEOUT)));
    }

    DescribedQueue withVisibility(Duration other) {
        Map<QueueAttributeName, String> changed = new EnumMap<>(attributes);
        changed.put(QueueAttributeName.VISIBILITY_TIMEOUT, Long.toString(other.toSeconds()));
        return new DescribedQueue(id, name, changed, redrive);
    }
}
