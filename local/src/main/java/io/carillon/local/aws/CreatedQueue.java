package io.carillon.local.aws;

/**
 * Names a queue and the dead-letter queue behind it.
 *
 * @param url where the queue is called
 * @param arn what a subscription or a policy calls the queue
 * @param deadLetterUrl where the dead-letter queue is called
 */
public record CreatedQueue(String url, String arn, String deadLetterUrl) {}
