package io.carillon.local.doctor;

import io.carillon.local.aws.PlatformState;
import io.carillon.push.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Looks whether SNS can still send notifications to devices: credentials run out, and are taken back. */
public final class PlatformsCheck {

    private static final String ABOUT = "mobile push";
    private static final Duration SOON = Duration.ofDays(30);
    private static final String RENEW =
            "put new credentials in: docs/operations/rotate-keys.md, \"A credential of Google or Apple\"";

    private PlatformsCheck() {}

    /**
     * Looks at each application.
     *
     * @param states asks SNS, which may fail
     */
    public static List<Finding> look(Supplier<Map<Provider, PlatformState>> states, Instant now) {
        try {
            return new TreeMap<>(states.get())
                    .entrySet().stream()
                            .map(state -> look(state.getKey(), state.getValue(), now))
                            .toList();
        } catch (IllegalStateException e) {
            return List.of(Finding.warning(
                    ABOUT,
                    "was not looked at: " + e.getMessage(),
                    "allow lambda:GetFunctionConfiguration and sns:GetPlatformApplicationAttributes"));
        }
    }

    private static Finding look(Provider provider, PlatformState state, Instant now) {
        String what = "the platform application " + state.arn() + " (" + provider.text() + ")";
        return switch (state.standing()) {
            case GONE ->
                Finding.problem(
                        ABOUT,
                        what + " is gone: nothing is sent",
                        "make it again, or name another: docs/guides/push.md");
            case DISABLED ->
                Finding.problem(ABOUT, what + " is disabled: its credentials were refused, nothing is sent", RENEW);
            case ENABLED ->
                state.certificateEnds()
                        .filter(end -> end.isBefore(now.plus(SOON)))
                        .map(end -> Finding.warning(ABOUT, what + " has a certificate that ends at " + end, RENEW))
                        .orElseGet(() -> Finding.ok(ABOUT, what + " is enabled"));
        };
    }
}
