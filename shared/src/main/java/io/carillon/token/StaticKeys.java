package io.carillon.token;

import io.carillon.config.PublicKeys;
import io.carillon.config.TokenConfig;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.keys.HmacKey;

/** Holds the keys that stand in the configuration itself. */
final class StaticKeys implements VerificationKeys {

    private final Optional<Key> hmac;
    private final Optional<Key> previousHmac;
    private final long previousHmacValidUntil;
    private final Optional<Key> rsa;
    private final Map<String, Key> ecByAlgorithm;
    private final InstantSource clock;

    StaticKeys(TokenConfig config, InstantSource clock) {
        this.hmac = secret(config.hmacSecretKey());
        this.previousHmac = secret(config.hmacPreviousSecretKey());
        this.previousHmacValidUntil = config.hmacPreviousSecretKeyValidUntil();
        this.rsa =
                config.rsaPublicKey().isEmpty() ? Optional.empty() : Optional.of(PublicKeys.rsa(config.rsaPublicKey()));
        this.ecByAlgorithm =
                config.ecdsaPublicKey().isEmpty() ? Map.of() : ecByAlgorithm(PublicKeys.ec(config.ecdsaPublicKey()));
        this.clock = clock;
    }

    @Override
    public List<Key> find(String algorithm, String keyId) {
        List<Key> keys = new ArrayList<>();
        switch (algorithm) {
            case "HS256", "HS384", "HS512" -> {
                hmac.ifPresent(keys::add);
                previousHmac.filter(key -> isPreviousValid()).ifPresent(keys::add);
            }
            case "RS256", "RS384", "RS512" -> rsa.ifPresent(keys::add);
            case "ES256", "ES384", "ES512" ->
                Optional.ofNullable(ecByAlgorithm.get(algorithm)).ifPresent(keys::add);
            default -> {
                // EdDSA keys come from key sets only, as in Centrifugo; everything else is not allowed at all.
            }
        }
        return keys;
    }

    private boolean isPreviousValid() {
        return previousHmacValidUntil == 0 || !clock.instant().isAfter(Instant.ofEpochSecond(previousHmacValidUntil));
    }

    private static Optional<Key> secret(String secret) {
        return secret.isEmpty() ? Optional.empty() : Optional.of(new HmacKey(secret.getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<String, Key> ecByAlgorithm(ECPublicKey key) {
        return Map.of(EllipticCurves.algorithm(key), key);
    }
}
