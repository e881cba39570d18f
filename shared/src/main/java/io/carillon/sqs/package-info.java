/** Sends to mailboxes, which are message groups of one SQS FIFO queue. */
package io.carillon.sqs;
