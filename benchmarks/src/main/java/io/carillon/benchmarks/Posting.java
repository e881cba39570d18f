package io.carillon.benchmarks;

import io.carillon.aws.AwsSettings;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** Says as whom everybody posts. Lambda's credentials carry a session token, which is one more header to sign. */
final class Posting {

    static final Region REGION = Region.EU_WEST_1;
    static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsSessionCredentials.create("bench", "bench", "t".repeat(700)));

    private Posting() {}

    static AwsSettings settings() {
        URI nowhere = URI.create("http://127.0.0.1:1");
        return AwsSettings.in(REGION).at(nowhere, nowhere, CREDENTIALS);
    }
}
