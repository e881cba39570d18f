package io.carillon.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.Config;
import io.carillon.events.Json;
import io.carillon.events.MalformedJson;
import io.carillon.events.RawJson;
import io.carillon.token.TokenBuilder;
import io.carillon.token.TokenIssuer;
import io.carillon.token.UnsignableToken;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a token that the configuration accepts, signed with its {@code hmac_secret_key}. */
@Command(
        name = "token",
        description = "Make a token: for a connection, or with --channel for a subscription.",
        mixinStandardHelpOptions = true)
final class TokenCommand implements Runnable {

    @Spec
    private CommandSpec spec;

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
            names = "--audience",
            paramLabel = "AUD",
            description = "The claim aud (default: audience of the configuration, if it is set).")
    private Optional<String> audience;

    @Option(
            names = "--issuer",
            paramLabel = "ISS",
            description = "The claim iss (default: issuer of the configuration, if it is set).")
    private Optional<String> issuer;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration with the secret, JSON or YAML (default: the one of ./carillon dev).")
    private Optional<Path> config;

    @Override
    public void run() {
        spec.commandLine().getOut().println(token(ConfigFile.read(config)));
    }

    private String token(Config read) {
        if (!ttl.isPositive()) {
            throw new Misconfigured("--ttl must be longer than 0");
        }
        info.ifPresent(TokenCommand::requireJson);
        TokenIssuer tokens = TokenIssuer.of(read.client(), InstantSource.system());
        try {
            TokenBuilder builder = channel.map(name -> tokens.subscription(user, name))
                    .orElseGet(() -> tokens.connection(user))
                    .expiresIn(ttl);
            audience.ifPresent(builder::audience);
            issuer.ifPresent(builder::issuer);
            info.ifPresent(json -> builder.info(RawJson.of(json)));
            return builder.sign();
        } catch (UnsignableToken e) {
            throw new Misconfigured(e.getMessage());
        }
    }

    private static void requireJson(String text) {
        try {
            Json.read(text, JsonNode.class);
        } catch (MalformedJson e) {
            throw new Misconfigured("--info is not JSON: " + e.getMessage());
        }
    }
}
