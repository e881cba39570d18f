/**
 * What AWS hands to a Lambda function and what it takes back, cut down to what Carillon reads and writes.
 *
 * <p>The types of {@code aws-lambda-java-events} are not used: they lack the reason of a disconnect, and write keys
 * that API Gateway turns into an error frame.
 */
package io.carillon.events.aws;
