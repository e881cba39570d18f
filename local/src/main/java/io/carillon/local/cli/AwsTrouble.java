package io.carillon.local.cli;

import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Says in a sentence what the SDK says with the classes that it looked for a Region or credentials with. */
final class AwsTrouble {

    private AwsTrouble() {}

    /**
     * Calls AWS.
     *
     * @throws Misconfigured if the environment names no Region, or has no credentials
     */
    static <T> T told(Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkClientException e) {
            String message = String.valueOf(e.getMessage());
            if (message.startsWith("Unable to load region")) {
                throw new Misconfigured("no Region is known: set AWS_REGION, such as to eu-west-1");
            }
            if (message.startsWith("Unable to load credentials")) {
                throw new Misconfigured("no AWS credentials are found: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and"
                        + " AWS_SECRET_ACCESS_KEY, or sign in with the AWS CLI");
            }
            throw e;
        }
    }
}
