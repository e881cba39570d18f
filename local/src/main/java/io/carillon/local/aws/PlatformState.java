package io.carillon.local.aws;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/**
 * What SNS says of a platform application.
 *
 * @param arn the application
 * @param standing whether SNS sends through it
 * @param certificateEnds when the certificate of Apple's runs out, if the application has one
 * @see <a href="https://docs.aws.amazon.com/sns/latest/api/API_GetPlatformApplicationAttributes.html">
 *     GetPlatformApplicationAttributes</a>
 */
public record PlatformState(String arn, Standing standing, Optional<Instant> certificateEnds) {

    /** Whether SNS sends. */
    public enum Standing {
        ENABLED,
        /** A provider has refused the credentials, or somebody has switched it off. */
        DISABLED,
        /** There is no such application. */
        GONE
    }

    static PlatformState gone(String arn) {
        return new PlatformState(arn, Standing.GONE, Optional.empty());
    }

    static PlatformState of(String arn, Map<String, String> attributes) {
        return new PlatformState(
                arn,
                "false".equalsIgnoreCase(attributes.get("Enabled")) ? Standing.DISABLED : Standing.ENABLED,
                Optional.ofNullable(attributes.get("AppleCertificateExpirationDate"))
                        .flatMap(PlatformState::instant));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
