package io.carillon.push;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who brings notifications to devices, each through an SNS platform application of its own. */
public enum Provider {
    FCM,
    APNS,
    APNS_SANDBOX;

    /** Gives the name that the server API has for it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Names the environment variable of a function that holds the ARN of its platform application. */
    public String variable() {
        return "CARILLON_PUSH_" + name() + "_ARN";
    }

    /** Lists the names. */
    public static List<String> texts() {
        return Arrays.stream(values()).map(Provider::text).toList();
    }

    static Optional<Provider> find(String text) {
        return Arrays.stream(values())
                .filter(provider -> provider.text().equals(text))
                .findFirst();
    }
}
