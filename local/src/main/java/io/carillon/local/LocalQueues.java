package io.carillon.local;

import io.carillon.delivery.DeadLetters;
import io.carillon.local.aws.FailedMails;
import io.carillon.local.aws.Queues;
import io.carillon.local.template.DescribedQueue;
import io.carillon.local.template.Description;
import io.carillon.sqs.SqsDeadLetters;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The queues that a template describes, made as CloudFormation does; their URLs, by their logical ids. */
final class LocalQueues {

    private final Map<String, String> urls = new HashMap<>();
    private final Description description;
    private final Storage storage;
    private final Queues queues;

    /** Makes those that do not exist yet: those that others name as dead-letter queues first. */
    LocalQueues(SqsClient sqs, Description description, Storage storage) {
        this.description = description;
        this.storage = storage;
        queues = new Queues(sqs);
        description.queues().values().stream()
                .filter(queue -> queue.redrive().isEmpty())
                .forEach(queue -> urls.put(queue.id(), queues.create(storage.named(queue.name()), queue.attributes())));
        description.queues().values().stream()
                .filter(queue -> queue.redrive().isPresent())
                .forEach(queue -> urls.put(queue.id(), redriven(queue)));
    }

    private String redriven(DescribedQueue queue) {
        DescribedQueue.Redrive redrive = queue.redrive().orElseThrow();
        return queues.create(
                storage.named(queue.name()), queue.attributes(), url(redrive.queueId()), redrive.receives());
    }

    /** Gives what a subscription calls a queue. */
    String arn(String id) {
        return queues.arn(url(id));
    }

    String url(String id) {
        return urls.get(id);
    }

    /** Gives the queue that unreadable mail is set aside in. */
    DeadLetters deadLetters(SqsClient sqs, String id) {
        return new SqsDeadLetters(sqs, url(id));
    }

    /** Gives a queue with the one that its failed messages end in. */
    FailedMails failed(SqsClient sqs, String id) {
        String deadLettersId =
                description.queues().get(id).redrive().orElseThrow().queueId();
        return new FailedMails(sqs, url(id), url(deadLettersId));
    }
}
