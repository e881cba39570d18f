package io.carillon.token;

import io.carillon.config.TokenConfig;
import java.security.Key;
import java.time.InstantSource;
import java.util.List;
import org.jose4j.http.SimpleGet;

/**
 * Finds the keys that may have signed a token. The keys decide which algorithms are allowed, never the token: a key
 * is handed out only for an algorithm of its own kind.
 */
interface VerificationKeys {

    /**
     * Gives the keys to try for a token that names this algorithm and key id; none when no key allows the algorithm.
     *
     * @throws KeysUnavailable if the keys cannot be had now
     */
    List<Key> find(String algorithm, String keyId);

    static VerificationKeys of(TokenConfig config, InstantSource clock, SimpleGet http) {
        return config.keySet()
                .<VerificationKeys>map(url -> new KeySet(url, clock, http))
                .orElseGet(() -> new StaticKeys(config, clock));
    }

    /** Says that the keys cannot be had now, and may be had later. */
    final class KeysUnavailable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        KeysUnavailable(String message) {
            super(message);
        }
    }
}
