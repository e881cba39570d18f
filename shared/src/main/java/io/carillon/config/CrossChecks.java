package io.carillon.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Checks what no key can show alone: options that need each other, names that must differ, keys that are missing. */
final class CrossChecks {

    private static final Pattern GLOB = Pattern.compile(".*[?\\[\\]{}!\\\\].*");
    private static final Pattern EPOCH_MARK = Pattern.compile("[a-z0-9]{0,16}");
    private static final Pattern CLAIM_NAME = Pattern.compile("[a-zA-Z_]+");

    private final Config config;
    private final List<ConfigProblem> problems = new ArrayList<>();

    CrossChecks(Config config) {
        this.config = config;
    }

    List<ConfigProblem> problems() {
        ClientConfig client = config.client();
        checkToken(client.token(), "client.token");
        if (client.subscriptionToken().enabled()) {
            checkToken(client.subscriptionToken().token(), "client.subscription_token");
            require(
                    client.subscriptionToken().token().hasKey(),
                    "client.subscription_token.enabled",
                    "needs a key: set hmac_secret_key, rsa_public_key, ecdsa_public_key, jwks_public_endpoint or "
                            + "cognito_user_pool_id here");
        }
        require(
                client.token().hasKey()
                        || client.insecure()
                        || client.allowAnonymousConnectWithoutToken()
                        || client.insecureSkipTokenSignatureVerify()
                        || client.proxy().connect().enabled(),
                "client.token",
                "no key is set, so nobody could connect: set client.token.hmac_secret_key, rsa_public_key, "
                        + "ecdsa_public_key, jwks_public_endpoint or cognito_user_pool_id; or client.allow_anonymous_connect_without_token, or "
                        + "client.proxy.connect");
        require(
                client.allowedOrigins().stream().noneMatch(GLOB::matches),
                "client.allowed_origins",
                "can hold * for any characters, but no other wildcards: ? [ ] { } ! \\");
        require(
                config.httpApi().keys().stream().noneMatch(String::isBlank),
                "http_api.keys",
                "holds an empty key: remove it");
        require(
                EPOCH_MARK.matches(config.carillon().epochMark()),
                "carillon.epoch_mark",
                "can hold up to 16 small letters and digits, such as eu1");
        checkOptions(config.channel().withoutNamespace(), "channel.without_namespace");
        checkNamespaces();
        checkPersonalChannel(client.subscribeToUserPersonalChannel());
        problems.addAll(new EventChecks(config).problems());
        problems.addAll(new ProxyChecks(config).problems());
        return problems;
    }

    private void checkToken(TokenConfig token, String path) {
        boolean staticKey = !token.hmacSecretKey().isEmpty()
                || !token.rsaPublicKey().isEmpty()
                || !token.ecdsaPublicKey().isEmpty();
        require(
                token.jwksPublicEndpoint().isEmpty() || !staticKey,
                path + ".jwks_public_endpoint",
                "cannot stand beside hmac_secret_key, rsa_public_key or ecdsa_public_key, which it would make useless: "
                        + "keep one of them");
        checkJwksEndpoint(token.jwksPublicEndpoint(), path + ".jwks_public_endpoint");
        checkCognito(token, staticKey, path + ".cognito_user_pool_id");
        require(
                token.hmacPreviousSecretKey().isEmpty()
                        || !token.hmacSecretKey().isEmpty(),
                path + ".hmac_previous_secret_key",
                "needs hmac_secret_key, the secret that follows it");
        require(
                token.hmacPreviousSecretKeyValidUntil() == 0
                        || !token.hmacPreviousSecretKey().isEmpty(),
                path + ".hmac_previous_secret_key_valid_until",
                "needs hmac_previous_secret_key");
        PublicKeys.rsaProblem(token.rsaPublicKey()).ifPresent(problem -> add(path + ".rsa_public_key", problem));
        PublicKeys.ecProblem(token.ecdsaPublicKey()).ifPresent(problem -> add(path + ".ecdsa_public_key", problem));
        require(
                token.audience().isEmpty() || token.audienceRegex().isEmpty(),
                path + ".audience_regex",
                "cannot stand beside audience: keep one of them");
        require(
                token.issuer().isEmpty() || token.issuerRegex().isEmpty(),
                path + ".issuer_regex",
                "cannot stand beside issuer: keep one of them");
        checkRegex(token.audienceRegex(), path + ".audience_regex");
        checkRegex(token.issuerRegex(), path + ".issuer_regex");
        require(
                token.userIdClaim().isEmpty() || CLAIM_NAME.matches(token.userIdClaim()),
                path + ".user_id_claim",
                "must consist of letters and underscores");
    }

    private void checkCognito(TokenConfig token, boolean staticKey, String key) {
        String pool = token.cognitoUserPoolId();
        if (pool.isEmpty()) {
            return;
        }
        require(CognitoPool.isId(pool), key, "must be the id of a user pool, such as eu-west-1_AbCdEf123");
        require(
                !staticKey
                        && token.jwksPublicEndpoint().isEmpty()
                        && token.issuer().isEmpty()
                        && token.issuerRegex().isEmpty(),
                key,
                "cannot stand beside hmac_secret_key, rsa_public_key, ecdsa_public_key, jwks_public_endpoint, issuer or "
                        + "issuer_regex: it says where the keys are and who the issuer is");
    }

    private void checkJwksEndpoint(String endpoint, String key) {
        if (endpoint.isEmpty()) {
            return;
        }
        if (endpoint.contains("{{")) {
            add(key, "cannot hold {{placeholders}}: write one fixed URL");
            return;
        }
        try {
            URI uri = URI.create(endpoint);
            boolean usable =
                    ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) && uri.getHost() != null;
            require(usable, key, "must be a URL that starts with https:// or http://");
        } catch (IllegalArgumentException e) {
            add(key, "must be a URL that starts with https:// or http://");
        }
    }

    private void checkNamespaces() {
        NamespaceNames names = new NamespaceNames();
        List<NamespaceConfig> namespaces = config.channel().namespaces();
        for (int i = 0; i < namespaces.size(); i++) {
            NamespaceConfig namespace = namespaces.get(i);
            String path = "channel.namespaces[" + i + "]";
            problems.addAll(names.problems(namespace.name(), path));
            checkOptions(namespace.options(), path);
        }
    }

    private void checkOptions(ChannelOptions options, String path) {
        require(
                options.historySize() == 0 || options.historyTtl().isPositive(),
                path + ".history_size",
                "needs history_ttl too, such as \"300s\"");
        require(
                options.historySize() > 0 || options.historyTtl().isZero(),
                path + ".history_ttl",
                "needs history_size too, such as 100");
        require(
                options.historyTtl().compareTo(options.within(config.channel()).historyMetaTtl()) <= 0,
                path + ".history_ttl",
                "cannot be longer than history_meta_ttl, or channel.history_meta_ttl where that is not set");
        requireHistory(options.forceRecovery(), options, path + ".force_recovery");
        requireHistory(options.allowRecovery(), options, path + ".allow_recovery");
        requireHistory(options.forcePositioning(), options, path + ".force_positioning");
        requireHistory(options.allowPositioning(), options, path + ".allow_positioning");
        checkRegex(options.channelRegex(), path + ".channel_regex");
    }

    private void requireHistory(boolean used, ChannelOptions options, String key) {
        require(!used || options.hasHistory(), key, "needs a history: set history_size and history_ttl");
    }

    private void checkPersonalChannel(PersonalChannelConfig personal) {
        String path = "client.subscribe_to_user_personal_channel";
        if (!personal.enabled()) {
            return;
        }
        String namespace = personal.personalChannelNamespace();
        ChannelOptions options = namespace.isEmpty()
                ? config.channel().withoutNamespace()
                : config.channel().namespaces().stream()
                        .filter(candidate -> candidate.name().equals(namespace))
                        .map(NamespaceConfig::options)
                        .findFirst()
                        .orElse(ChannelOptions.DEFAULTS);
        require(
                namespace.isEmpty()
                        || config.channel().namespaces().stream()
                                .anyMatch(candidate -> candidate.name().equals(namespace)),
                path + ".personal_channel_namespace",
                "there is no namespace \"" + namespace + "\" in channel.namespaces");
        require(
                !personal.singleConnection() || options.presence(),
                path + ".single_connection",
                "needs presence in the namespace of the personal channels");
    }

    private void checkRegex(String regex, String key) {
        try {
            Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            add(key, "is not a regular expression: " + e.getDescription());
        }
    }

    private void require(boolean holds, String key, String problem) {
        if (!holds) {
            add(key, problem);
        }
    }

    private void add(String key, String problem) {
        problems.add(new ConfigProblem(key, problem));
    }
}
