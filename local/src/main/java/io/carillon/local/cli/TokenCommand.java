package io.carillon.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.Config;
import io.carillon.events.Json;
import io.carillon.events.MalformedJson;
import io.carillon.events.RawJson;
import io.carillon.token.TokenBuilder;
import io.carillon.token.TokenIssuer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints a token, signed with the configuration's {@code client.token.hmac_secret_key}. */
@Command(
        name = "token",
        description = "Make a token: for a connection, or with --channel for a subscription.",
        mixinStandardHelpOptions = true)
final class TokenCommand implements Runnable {

    @Option(
            names = "--user",
            required = true,
            paramLabel = "USER",
            description = "The user's id; \"\" for an anonymous user.")
    private String user;

    @Option(names = "--channel", paramLabel = "CHANNEL", description = "Make a subscription token for this channel.")
    private Optional<String> channel;

    @Option(
            names = "--ttl",
            paramLabel = "TTL",
            defaultValue = "1h",
            converter = Durations.class,
            description = "How long it is valid, such as 15m, 1h or 7d (default: ${DEFAULT-VALUE}).")
    private Duration ttl;

    @Option(names = "--info", paramLabel = "JSON", description = "What others see of the user.")
    private Optional<String> info;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration with the secret, JSON or YAML (default: the one of ./carillon dev).")
    private Optional<Path> config;

    @Override
    public void run() {
        System.out.println(token(ConfigFile.read(config)));
    }

    private String token(Config read) {
        String secret = read.client().token().hmacSecretKey();
        if (secret.isEmpty()) {
            throw new Misconfigured("needs client.token.hmac_secret_key in the configuration:"
                    + " tokens for other keys are made where the private key is");
        }
        if (!ttl.isPositive()) {
            throw new Misconfigured("--ttl must be longer than 0");
        }
        info.ifPresent(TokenCommand::requireJson);
        TokenIssuer issuer = new TokenIssuer(secret, InstantSource.system());
        TokenBuilder builder = channel.map(name -> issuer.subscription(user, name))
                .orElseGet(() -> issuer.connection(user))
                .expiresIn(ttl);
        return info.map(json -> builder.info(RawJson.of(json))).orElse(builder).sign();
    }

    private static void requireJson(String text) {
        try {
            Json.read(text, JsonNode.class);
        } catch (MalformedJson e) {
            throw new Misconfigured("--info is not JSON: " + e.getMessage());
        }
    }
}
