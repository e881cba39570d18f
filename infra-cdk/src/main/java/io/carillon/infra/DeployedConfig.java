package io.carillon.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.config.Config;
import io.carillon.config.EventKind;
import io.carillon.config.InvalidConfig;
import io.carillon.config.PackedConfig;
import io.carillon.config.Proxied;
import io.carillon.config.ProxyConfig;
import io.carillon.config.SecretKeys;
import io.carillon.config.SecretSection;
import io.carillon.config.StaticHeaders;
import io.carillon.events.Json;
import io.carillon.session.Heartbeat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The configuration of a deployment: checked as the functions check it, and free of secrets, which the deployment
 * generates and keeps in Secrets Manager.
 */
public final class DeployedConfig {

    private final ObjectNode tree;
    private final Config config;

    private DeployedConfig(ObjectNode tree) {
        refuseSecrets(SecretKeys.setIn(tree));
        this.tree = tree;
        this.config = Config.read(withStandIns(tree));
    }

    private static void refuseSecrets(List<String> found) {
        if (found.isEmpty()) {
            return;
        }
        List<String> headers = found.stream().filter(StaticHeaders::isOne).toList();
        List<String> keys =
                found.stream().filter(key -> !StaticHeaders.isOne(key)).toList();
        StringBuilder remedy = new StringBuilder("Secrets must not be in a deployed configuration, where everybody who"
                + " may look at the functions could read them.");
        if (!keys.isEmpty()) {
            remedy.append(" Remove ")
                    .append(String.join(", ", keys))
                    .append(": the deployment generates its own in Secrets Manager, where you can replace them.");
        }
        if (!headers.isEmpty()) {
            remedy.append(" Set to \"\" ")
                    .append(String.join(", ", headers))
                    .append(": the values go into the secret that the output ProxySecret names, by proxy, such as"
                            + " {\"client.proxy.connect\": {\"X-Api-Key\": \"…\"}} (see docs/guides/proxies.md).");
        }
        throw new IllegalArgumentException(remedy.toString());
    }

    /**
     * Checks a configuration.
     *
     * @param tree the configuration, as JSON or YAML was parsed
     * @throws InvalidConfig with every key that is wrong
     * @throws IllegalArgumentException if it holds secrets, or is no object
     */
    public static DeployedConfig of(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            return new DeployedConfig(object);
        }
        throw new IllegalArgumentException("The configuration must be an object, such as {\"channel\": {}}");
    }

    /**
     * Reads and checks a configuration in a file, YAML if its name ends so, else JSON.
     *
     * @throws InvalidConfig with every key that is wrong
     * @throws IllegalArgumentException if it cannot be read, holds secrets, or is no object
     */
    public static DeployedConfig read(Path file) {
        return of(Documents.tree(file));
    }

    /** Gives the same configuration with another {@code carillon.epoch_mark}. */
    DeployedConfig marked(String mark) {
        if (!config.carillon().epochMark().isEmpty()) {
            throw new IllegalArgumentException(
                    "The configuration has carillon.epoch_mark and the stage two_regions, which"
                            + " gives the mark: remove carillon.epoch_mark");
        }
        ObjectNode copy = tree.deepCopy();
        copy.withObject("/carillon").put("epoch_mark", mark);
        return new DeployedConfig(copy);
    }

    /** The functions check a configuration with its secrets; any will do here. */
    private static ObjectNode withStandIns(ObjectNode tree) {
        ObjectNode whole = tree;
        for (SecretSection section : SecretSection.values()) {
            if (section.isNeededBy(tree)) {
                whole = section.lay(section.standIn("stands in"), whole);
            }
        }
        return whole;
    }

    /** Lists the secrets that the deployment must have. */
    List<SecretSection> secrets() {
        return Arrays.stream(SecretSection.values())
                .filter(section -> section.isNeededBy(tree))
                .toList();
    }

    /** Lists what lets everybody in, each with its key; empty unless the configuration is for experiments. */
    List<String> open() {
        Map<String, Boolean> found = new LinkedHashMap<>();
        found.put(
                "client.insecure lets everybody connect without a token and do everything",
                config.client().insecure());
        found.put(
                "client.insecure_skip_token_signature_verify lets everybody connect as anybody, with a token that nobody"
                        + " signed",
                config.client().insecureSkipTokenSignatureVerify());
        found.put(
                "http_api.insecure lets everybody call the server API without a key",
                config.httpApi().insecure());
        return found.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Says whether other systems are to be told of anything. */
    boolean asksForEvents() {
        return EventKind.isAskedBy(config);
    }

    /** Says what a subscription of events can want. */
    EventChoice events() {
        return new EventChoice(config);
    }

    /** Lists the ARNs of the application's functions that are asked. */
    List<String> proxyFunctions() {
        return Proxied.all(config).stream()
                .filter(ProxyConfig::isFunction)
                .map(ProxyConfig::endpoint)
                .distinct()
                .toList();
    }

    /** Gives {@code carillon.post_quota}: requests to {@code @connections} per second. */
    int postQuota() {
        return config.carillon().postQuota();
    }

    /** Gives in how many minutes the heartbeat comes to every connection once. */
    int minutesPerRound() {
        return Heartbeat.minutesPerRound(config.carillon().pingInterval());
    }

    /** Gives the longest {@code push_delay} of all channels. */
    Duration longestPushDelay() {
        return config.channel()
                .allOptions()
                .map(options -> options.carillon().pushDelay())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** Gives the value of {@code CARILLON_CONFIG}. */
    String packed() {
        return PackedConfig.pack(Json.write(tree));
    }

    /**
     * Lists the origins that API Gateway's CORS can match: exact ones, {@code *}, {@code https://*} and
     * {@code http://*}. None if there are others beside: with CORS on, API Gateway drops what the functions say of it, and
     * they match every pattern.
     */
    List<String> corsOrigins() {
        List<String> origins = config.client().allowedOrigins();
        return origins.stream()
                        .allMatch(origin -> !origin.contains("*")
                                || List.of("*", "https://*", "http://*").contains(origin))
                ? origins
                : List.of();
    }
}
