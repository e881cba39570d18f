package io.carillon.local.cli;

import io.carillon.local.aws.SdkWords;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Tells a user what is wrong with the environment that AWS was to be called with. */
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
            String words = SdkWords.of(e);
            if (words.equals(e.getMessage())) {
                throw e;
            }
            throw new Misconfigured(words);
        }
    }
}
