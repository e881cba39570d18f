package io.carillon.local;

import io.carillon.push.Provider;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sns.SnsClient;

/** Makes a platform application for each provider of mobile push, with credentials that no provider knows. */
final class LocalPlatforms {

    private LocalPlatforms() {}

    /** Gives their ARNs; making one again gives the same. */
    static Map<Provider, String> create(SnsClient sns) {
        return Arrays.stream(Provider.values())
                .collect(Collectors.toMap(Function.identity(), provider -> create(sns, provider)));
    }

    private static String create(SnsClient sns, Provider provider) {
        return sns.createPlatformApplication(application -> application
                        .name("carillon")
                        .platform(provider == Provider.FCM ? "GCM" : provider.name())
                        .attributes(Map.of("PlatformPrincipal", "local", "PlatformCredential", "local")))
                .platformApplicationArn();
    }
}
