/**
 * Keeps connections, channel logs, shards and subscribers in DynamoDB, through the plain client.
 *
 * <p>Costs are given per method: WRU and RRU are DynamoDB's write and read request units, of 1 KB and 4 KB. A write
 * whose condition fails costs as much as one that succeeds. Every method makes as many calls as stated, and more only
 * when it meets a page end, an expired epoch or a transaction in its way.
 */
package io.carillon.dynamodb;
