package io.carillon.local;

import io.carillon.deployment.ApplicationArn;
import io.carillon.push.Provider;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sns.SnsClient;

/** Makes the platform applications of mobile push that a template names, with credentials that no provider knows. */
final class LocalPlatforms {

    private LocalPlatforms() {}

    /** Gives their ARNs, by names; making one again gives the same. */
    static Map<Provider, String> create(SnsClient sns, Map<Provider, String> names, Storage storage) {
        return names.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, named -> create(sns, named.getKey(), storage.named(named.getValue()))));
    }

    private static String create(SnsClient sns, Provider provider, String name) {
        return sns.createPlatformApplication(application -> application
                        .name(name)
                        .platform(ApplicationArn.platform(provider))
                        .attributes(Map.of("PlatformPrincipal", "local", "PlatformCredential", "local")))
                .platformApplicationArn();
    }
}
