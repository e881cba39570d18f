package io.carillon.token;

import java.io.IOException;
import java.security.Key;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.NamedParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jose4j.http.SimpleGet;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.Use;
import org.jose4j.lang.JoseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the keys of a JSON Web Key Set. They are fetched when first needed, when they are an hour old, and when a
 * token names a key that is not among them, which is how a rotated key is found. Fetches are at least ten seconds
 * apart whatever they bring, so that made-up key ids cannot flood the key set's server. While the server cannot be
 * reached, the keys stay in use until they are a day old.
 *
 * <p>Safe for use by several threads: one fetches, the others wait for it or use what is there.
 */
final class KeySet implements VerificationKeys {

    static final Duration LIFETIME = Duration.ofHours(1);
    static final Duration LONGEST_LIFETIME = Duration.ofDays(1);
    static final Duration BETWEEN_FETCHES = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(KeySet.class);

    private final String url;
    private final InstantSource clock;
    private final SimpleGet http;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile Fetched latest = new Fetched(List.of(), Instant.MIN, Instant.MIN);

    /**
     * What the last fetches brought.
     *
     * @param keys  the keys of the last fetch that succeeded
     * @param at    when that was
     * @param tried when the last fetch was tried
     */
    private record Fetched(List<JsonWebKey> keys, Instant at, Instant tried) {

        boolean isYoungerThan(Duration age, Instant now) {
            return at.isAfter(now.minus(age));
        }

        boolean mayFetchAt(Instant now) {
            return !tried.isAfter(now.minus(BETWEEN_FETCHES));
        }
    }

    KeySet(String url, InstantSource clock, SimpleGet http) {
        this.url = url;
        this.clock = clock;
        this.http = http;
    }

    @Override
    public List<Key> find(String algorithm, String keyId) {
        // Without a key id the choice of the key would be the token's, and Centrifugo refuses it too.
        if (keyId.isEmpty()) {
            return List.of();
        }
        Instant now = clock.instant();
        Fetched known = latest;
        if (known.isYoungerThan(LIFETIME, now) && has(known, keyId)) {
            return matching(known, algorithm, keyId);
        }
        Fetched fresh = fetch(known, now, keyId);
        if (!fresh.isYoungerThan(LONGEST_LIFETIME, now)) {
            throw new KeysUnavailable("the key set cannot be fetched");
        }
        // A key that came into the set since the last fetch is not a forgery; the client may try again in a moment.
        if (!has(fresh, keyId) && fresh.at().isBefore(now)) {
            throw new KeysUnavailable("the key is not in the key set, which was fetched a moment ago");
        }
        return matching(fresh, algorithm, keyId);
    }

    private Fetched fetch(Fetched known, Instant now, String keyId) {
        if (known.isYoungerThan(LONGEST_LIFETIME, now) && has(known, keyId)) {
            if (!fetching.tryLock()) {
                return known;
            }
        } else {
            fetching.lock();
        }
        try {
            if (latest == known && known.mayFetchAt(now)) {
                latest = tryFetch(known, now);
            }
            return latest;
        } finally {
            fetching.unlock();
        }
    }

    private Fetched tryFetch(Fetched known, Instant now) {
        try {
            List<JsonWebKey> keys = new JsonWebKeySet(http.get(url).getBody()).getJsonWebKeys();
            return new Fetched(List.copyOf(keys), now, now);
        } catch (IOException | JoseException | ClassCastException e) {
            LOG.warn("Cannot fetch the key set from {}, and go on with what is there", url, e);
            return new Fetched(known.keys(), known.at(), now);
        }
    }

    private static boolean has(Fetched fetched, String keyId) {
        return fetched.keys().stream().anyMatch(key -> keyId.equals(key.getKeyId()));
    }

    private static List<Key> matching(Fetched fetched, String algorithm, String keyId) {
        return fetched.keys().stream()
                .filter(key -> keyId.equals(key.getKeyId()))
                .filter(key -> key.getUse() == null || key.getUse().equals(Use.SIGNATURE))
                .filter(key -> key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm))
                .flatMap(key -> publicKey(key).stream())
                .filter(key -> allows(key, algorithm))
                .toList();
    }

    /** Symmetric keys have no place in a public key set, and are never used from one. */
    private static Optional<Key> publicKey(JsonWebKey key) {
        return key instanceof PublicJsonWebKey pair ? Optional.of(pair.getPublicKey()) : Optional.empty();
    }

    private static boolean allows(Key key, String algorithm) {
        return switch (key) {
            case RSAPublicKey _ -> List.of("RS256", "RS384", "RS512").contains(algorithm);
            case ECPublicKey ec -> EllipticCurves.algorithm(ec).equals(algorithm);
            case EdECPublicKey ed ->
                algorithm.equals("EdDSA") && ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName());
            default -> false;
        };
    }
}
