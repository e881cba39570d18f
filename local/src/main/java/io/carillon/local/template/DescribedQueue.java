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
        String name = name(resource);
        if (name.endsWith(".fifo") != "true".equals(attributes.get(QueueAttributeName.FIFO_QUEUE))) {
            throw new InvalidTemplate(resource + " is named " + name
                    + ": the names of FIFO queues, and of no others, end in .fifo (FifoQueue: true)");
        }
        return new DescribedQueue(resource.id(), name, attributes, redrive(resource, template));
    }

    /** Gives the name of a queue; CloudFormation makes one of the logical id where there is none. */
    static String name(Resource resource) {
        if (!resource.properties().path("QueueName").isMissingNode()) {
            return resource.required("QueueName");
        }
        return resource.properties().path("FifoQueue").asBoolean() ? resource.id() + ".fifo" : resource.id();
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

    /**
     * Demands what a queue of mailboxes must be: nobody would feel before the first busy hour that it takes no more than
     * 300 calls a second.
     */
    void requireMailboxes() {
        require(QueueAttributeName.FIFO_QUEUE, "true", "a mailbox is a message group");
        require(QueueAttributeName.DEDUPLICATION_SCOPE, "messageGroup", "else it takes 300 calls a second");
        require(QueueAttributeName.FIFO_THROUGHPUT_LIMIT, "perMessageGroupId", "else it takes 300 calls a second");
    }

    private void require(QueueAttributeName attribute, String wanted, String why) {
        String found = attributes.getOrDefault(attribute, "not set");
        if (!found.equals(wanted)) {
            throw new InvalidTemplate(
                    "the " + attribute + " of the queue " + id + " must be " + wanted + ", not " + found + ": " + why);
        }
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
