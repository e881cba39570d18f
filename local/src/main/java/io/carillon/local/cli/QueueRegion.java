package io.carillon.local.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.Region;

/** Reads the Region from a queue's URL at AWS, which begins {@code https://sqs.REGION.amazonaws.com}. */
final class QueueRegion {

    private static final Pattern AT_AWS = Pattern.compile("https://sqs(?:-fips)?\\.([a-z0-9-]+)\\.amazonaws\\.com.*");

    private QueueRegion() {}

    /** Gives the Region; empty for a queue that is not at AWS. */
    static Optional<Region> of(String queueUrl) {
        Matcher url = AT_AWS.matcher(queueUrl);
        return url.matches() ? Optional.of(Region.of(url.group(1))) : Optional.empty();
    }
}
