package io.carillon.local.aws;

import software.amazon.awssdk.core.exception.SdkException;

/** Says in a sentence what the SDK says with the classes that it looked for a Region or credentials with. */
public final class SdkWords {

    private SdkWords() {}

    /** Says what went wrong, and what to set where something is not set. */
    public static String of(SdkException problem) {
        String message = String.valueOf(problem.getMessage());
        if (message.startsWith("Unable to load region")) {
            return "no Region is known: set AWS_REGION, such as to eu-west-1";
        }
        if (message.startsWith("Unable to load credentials")) {
            return "no AWS credentials are found: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"
                    + " sign in with the AWS CLI";
        }
        return message;
    }
}
