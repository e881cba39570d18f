package io.carillon.local.doctor;

import io.carillon.config.Config;
import io.carillon.config.SecretSection;
import java.util.ArrayList;
import java.util.List;

/** Looks for what a configuration must not be in production. That it can be read at all is known by then. */
public final class ConfigCheck {

    private static final String ABOUT = "config";
    private static final int SHORTEST_SECRET = 32;

    private final KnownConfig known;
    private final Config config;
    private final boolean isLocal;

    /** Starts; a configuration that runs on this machine only may be as open as it likes. */
    public ConfigCheck(KnownConfig known, boolean isLocal) {
        this.known = known;
        this.config = known.config();
        this.isLocal = isLocal;
    }

    /** Looks. */
    public List<Finding> look() {
        List<Finding> found = new ArrayList<>();
        boolean isShut =
                config.httpApi().accepted().isEmpty() && !config.httpApi().insecure();
        if (isShut && known.knows(SecretSection.API)) {
            found.add(Finding.problem(
                    ABOUT,
                    "no backend can call the server API",
                    isLocal
                            ? "set http_api.key"
                            : "put a key into the secret that the output ApiKeySecret names, as its member key"));
        }
        if (!isLocal) {
            open(found);
        }
        return found.isEmpty() ? List.of(Finding.ok(ABOUT, soundness())) : found;
    }

    private String soundness() {
        return known.unknown().isEmpty()
                ? "can be read, and lets clients and backends in"
                : "can be read; its secrets were not looked at";
    }

    private void open(List<Finding> found) {
        if (config.client().insecure() || config.client().insecureSkipTokenSignatureVerify()) {
            found.add(Finding.problem(
                    ABOUT,
                    "anybody can connect as anybody",
                    "remove client.insecure and client.insecure_skip_token_signature_verify"));
        }
        if (config.httpApi().insecure()) {
            found.add(Finding.problem(
                    ABOUT,
                    "anybody can publish and disconnect users",
                    "remove http_api.insecure; a deployment generates a key in Secrets Manager"));
        }
        String secret = config.client().token().hmacSecretKey();
        if (known.knows(SecretSection.TOKEN) && !secret.isEmpty() && secret.length() < SHORTEST_SECRET) {
            found.add(
                    Finding.warning(
                            ABOUT,
                            "the secret of tokens is shorter than " + SHORTEST_SECRET + " characters",
                            "make one with openssl rand -hex 32, and keep the old one as hmac_previous_secret_key for a while"));
        }
        if (config.client().allowedOrigins().isEmpty()) {
            found.add(Finding.warning(
                    ABOUT, "no browser is let in", "set client.allowed_origins to the origins of your pages"));
        } else if (config.client().allowedOrigins().contains("*")) {
            found.add(Finding.warning(
                    ABOUT, "pages of any site are let in", "list your own origins in client.allowed_origins"));
        }
    }
}
