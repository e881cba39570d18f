package io.carillon.local.cli;

import io.carillon.config.Config;
import io.carillon.config.Proxied;
import io.carillon.config.ProxyConfig;
import io.carillon.local.template.DescribedSubscription;
import io.carillon.local.template.DescribedSubscription.Function;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The functions that are called by their names: by proxies of the configuration, and by the template's events. */
record NamedFunctions(Set<String> names) {

    /** The place of the name in an ARN. */
    private static final int NAME = 6;

    static NamedFunctions of(Config config, Collection<DescribedSubscription> subscriptions) {
        Set<String> names = new TreeSet<>();
        Stream.concat(
                        Proxied.all(config).stream()
                                .filter(ProxyConfig::isFunction)
                                .map(proxy -> proxy.endpoint().split(":")[NAME]),
                        subscriptions.stream()
                                .map(DescribedSubscription::target)
                                .filter(Function.class::isInstance)
                                .map(target -> ((Function) target).name()))
                .forEach(names::add);
        return new NamedFunctions(names);
    }

    /**
     * Requires that each file stands for one of them: one that does not would never be called.
     *
     * @throws Misconfigured if one does not, with those that there are
     */
    void requireAll(Map<String, ?> files) {
        files.forEach((name, file) -> {
            if (!names.contains(name)) {
                throw new Misconfigured("--function " + name + "=" + file + ": nothing calls a function " + name + ". "
                        + (names.isEmpty()
                                ? "No proxy of the configuration (--config) has the ARN of a function as its endpoint,"
                                        + " and the template subscribes none to events"
                                : "The configuration and the template name: " + String.join(", ", names)));
            }
        });
    }
}
