package io.carillon.deployment;

import io.carillon.push.Provider;

/**
 * What the ARN of a platform application says.
 *
 * @param name its name
 * @param platform as SNS names it: {@code GCM}, {@code APNS} or {@code APNS_SANDBOX}
 */
public record ApplicationArn(String name, String platform) {

    /** What SNS calls FCM, which was Google Cloud Messaging once. */
    private static final String GCM = "GCM";

    /**
     * Reads an ARN, as in {@code arn:aws:sns:eu-west-1:123456789012:app/GCM/chat}.
     *
     * @throws IllegalArgumentException if it is of something else
     */
    public static ApplicationArn read(String arn) {
        String[] parts = arn.split("[:/]");
        if (parts.length != 8 || !parts[2].equals("sns") || !parts[5].equals("app")) {
            throw new IllegalArgumentException("This is not the ARN of an SNS platform application: " + arn);
        }
        return new ApplicationArn(parts[7], parts[6]);
    }

    /** Gives what SNS calls a provider. */
    public static String platform(Provider provider) {
        return provider == Provider.FCM ? GCM : provider.name();
    }

    /** Gives what the ARNs of an application's endpoints begin with. */
    public static String endpoints(String arn) {
        return arn.replace(":app/", ":endpoint/") + "/";
    }

    Provider provider() {
        return platform.equals(GCM) ? Provider.FCM : Provider.valueOf(platform);
    }
}
