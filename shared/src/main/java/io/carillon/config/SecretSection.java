package io.carillon.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * A section of the configuration whose secrets a deployment keeps in AWS Secrets Manager: there, a secret is a JSON
 * object that is laid over the section, such as {@code {"key":"…"}} over {@code http_api}. {@link #PROXIES} alone stands
 * for several sections.
 */
public enum SecretSection {
    /** Who may call the server API. */
    API("CARILLON_API_SECRET", "key", List.of("http_api")),
    /** What signs tokens. */
    TOKEN("CARILLON_TOKEN_SECRET", "hmac_secret_key", List.of("client", "token")),
    /** What signs subscription tokens, where they have keys of their own. */
    SUBSCRIPTION_TOKEN(
            "CARILLON_SUBSCRIPTION_TOKEN_SECRET", "hmac_secret_key", List.of("client", "subscription_token")),
    /** What tells the application's backends that Carillon is asking: see {@link StaticHeaders}. */
    PROXIES("CARILLON_PROXY_SECRET", "", List.of());

    private static final List<String> PUBLIC_KEYS =
            List.of("rsa_public_key", "ecdsa_public_key", "jwks_public_endpoint", "cognito_user_pool_id");

    private final String variable;
    private final String key;
    private final List<String> path;

    SecretSection(String variable, String key, List<String> path) {
        this.variable = variable;
        this.key = key;
        this.path = path;
    }

    /** Names the environment variable that holds the secret's ARN or name. */
    public String variable() {
        return variable;
    }

    /** Names the key of the section that is generated when the secret is made; none if its owner must fill it. */
    public Optional<String> generated() {
        return Optional.of(key).filter(name -> !name.isEmpty());
    }

    /** Gives a secret with which a configuration that needs one is valid, for whoever only checks it. */
    public ObjectNode standIn(String value) {
        ObjectNode secret = JsonNodeFactory.instance.objectNode();
        generated().ifPresent(name -> secret.put(name, value));
        return secret;
    }

    /** Says whether a configuration needs this secret: public keys and JWKS make one for tokens needless. */
    public boolean isNeededBy(JsonNode config) {
        JsonNode section = config;
        for (String step : path) {
            section = section.path(step);
        }
        JsonNode found = section;
        boolean checksOtherwise =
                PUBLIC_KEYS.stream().anyMatch(name -> !found.path(name).asText().isEmpty());
        return switch (this) {
            case API -> !found.path("insecure").asBoolean();
            case TOKEN -> !checksOtherwise;
            case SUBSCRIPTION_TOKEN -> found.path("enabled").asBoolean() && !checksOtherwise;
            case PROXIES -> StaticHeaders.areNamedIn(config);
        };
    }

    /** Gives a copy of a configuration with the members of a secret in this section. */
    public ObjectNode lay(JsonNode secret, ObjectNode config) {
        if (this == PROXIES) {
            return StaticHeaders.lay(secret, config);
        }
        ObjectNode copy = config.deepCopy();
        ObjectNode section = copy;
        for (String step : path) {
            section = section.path(step) instanceof ObjectNode inner ? inner : section.putObject(step);
        }
        ObjectNode target = section;
        secret.properties().forEach(member -> target.set(member.getKey(), member.getValue()));
        return copy;
    }
}
