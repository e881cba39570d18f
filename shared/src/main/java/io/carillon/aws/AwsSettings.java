package io.carillon.aws;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/**
 * Says where the services are and as whom they are called.
 *
 * @param region the Region of all services
 * @param credentials who calls
 * @param dynamoDbEndpoint where DynamoDB is, if not where the Region has it
 * @param sqsEndpoint where SQS is, if not where the Region has it
 * @param maxConnections how many calls to DynamoDB and SQS may be under way at once
 * @param maxCallbacks how many calls to connections may be under way at once
 */
public record AwsSettings(
        Region region,
        AwsCredentialsProvider credentials,
        Optional<URI> dynamoDbEndpoint,
        Optional<URI> sqsEndpoint,
        int maxConnections,
        int maxCallbacks) {

    private static final int CONNECTIONS = 50;
    private static final int CALLBACKS = 200;

    /** The services of a Region, called with the credentials that the environment offers. */
    public static AwsSettings in(Region region) {
        return new AwsSettings(
                region,
                DefaultCredentialsProvider.builder().build(),
                Optional.empty(),
                Optional.empty(),
                CONNECTIONS,
                CALLBACKS);
    }

    /** The services of a Region, called as nobody. */
    static AwsSettings unknown(Region region) {
        return new AwsSettings(
                region,
                StaticCredentialsProvider.create(AwsBasicCredentials.create("nobody", "nothing")),
                Optional.empty(),
                Optional.empty(),
                CONNECTIONS,
                CALLBACKS);
    }

    /** The same with services that are elsewhere: on a laptop, say. */
    public AwsSettings at(URI dynamoDb, URI sqs, AwsCredentialsProvider newCredentials) {
        return new AwsSettings(
                region, newCredentials, Optional.of(dynamoDb), Optional.of(sqs), maxConnections, maxCallbacks);
    }
}
