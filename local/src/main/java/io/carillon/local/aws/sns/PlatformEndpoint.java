package io.carillon.local.aws.sns;

/** A device within a platform application. */
record PlatformEndpoint(String arn, String platform, String token, String userData, boolean enabled) {

    PlatformEndpoint with(String newToken, String newUserData, boolean nowEnabled) {
        return new PlatformEndpoint(arn, platform, newToken, newUserData, nowEnabled);
    }
}
