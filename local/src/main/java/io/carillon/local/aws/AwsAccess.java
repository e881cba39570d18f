package io.carillon.local.aws;

import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/**
 * Says as whom and in which Region calls are made.
 *
 * @param credentials signs the calls
 * @param region names the Region in signatures and ARNs
 */
record AwsAccess(AwsCredentialsProvider credentials, Region region) {

    /** The access of everything that is embedded, which checks no signature. */
    static final AwsAccess LOCAL = new AwsAccess(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")), Region.US_EAST_1);

    /** Takes the SDK's usual variables where they are set, and {@link #LOCAL} for what they leave open. */
    static AwsAccess from(Map<String, String> environment) {
        var region = environment.getOrDefault("AWS_REGION", environment.getOrDefault("AWS_DEFAULT_REGION", ""));
        var credentials = environment.containsKey("AWS_ACCESS_KEY_ID") || environment.containsKey("AWS_PROFILE")
                ? DefaultCredentialsProvider.builder().build()
                : LOCAL.credentials();
        return new AwsAccess(credentials, region.isBlank() ? LOCAL.region() : Region.of(region));
    }
}
