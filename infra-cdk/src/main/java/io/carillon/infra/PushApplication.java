package io.carillon.infra;

import io.carillon.deployment.ApplicationArn;
import io.carillon.push.Provider;
import software.amazon.awscdk.Token;

/** The SNS platform application that brings notifications of one provider. */
public sealed interface PushApplication {

    /** One that somebody has made, and looks after. */
    record Existing(String arn) implements PushApplication {}

    /**
     * One that the stack makes from credentials in Secrets Manager, named after the stage.
     *
     * @param secretArn the secret's whole ARN, in the Region of the stack
     * @param revision from 1 on; a greater one than before has the secret read again
     */
    record FromSecret(String secretArn, int revision) implements PushApplication {

        public FromSecret {
            requireRevision(revision);
        }

        /** Takes a secret as it is now. */
        public FromSecret(String secretArn) {
            this(secretArn, 1);
        }
    }

    /**
     * Tells by an ARN what there is: a platform application, or a secret to make one from.
     *
     * @param revision of the secret
     * @throws IllegalArgumentException if it is of something else, or of another platform
     */
    static PushApplication of(Provider provider, String arn, int revision) {
        PushApplication application =
                arn.contains(":secretsmanager:") ? new FromSecret(arn, revision) : new Existing(arn);
        application.require(provider);
        return application;
    }

    /** Refuses what AWS would refuse only in the middle of a deployment; what another resource gives is not known yet. */
    default void require(Provider provider) {
        String platform = ApplicationArn.platform(provider);
        boolean fits = switch (this) {
            case Existing(String arn) ->
                Token.isUnresolved(arn)
                        || arn.matches("arn:[a-z-]+:sns:[a-z0-9-]+:\\d{12}:app/" + platform + "/[A-Za-z0-9_.-]{1,256}");
            case FromSecret(String arn, int _) ->
                Token.isUnresolved(arn)
                        || arn.matches(
                                "arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\\d{12}:secret:[A-Za-z0-9/_+=.@-]+-[A-Za-z0-9]{6}");
        };
        if (!fits) {
            throw new IllegalArgumentException("push." + provider.text() + " must be the ARN of an SNS platform"
                    + " application, as in arn:aws:sns:eu-west-1:123456789012:app/" + platform
                    + "/chat, or the whole ARN of a secret to make one from, as in"
                    + " arn:aws:secretsmanager:eu-west-1:123456789012:secret:chat/" + provider.text()
                    + "-AbCdEf; it was " + arn());
        }
    }

    /** Gives the ARN that names it. */
    default String arn() {
        return switch (this) {
            case Existing(String arn) -> arn;
            case FromSecret(String secretArn, int _) -> secretArn;
        };
    }

    private static void requireRevision(int revision) {
        if (revision < 1) {
            throw new IllegalArgumentException(
                    "push.revision must be a whole number from 1 on, greater each time the secrets are to be read"
                            + " again; it was " + revision);
        }
    }
}
