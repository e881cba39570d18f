package io.carillon.fuzz;

import io.carillon.config.Config;
import io.carillon.token.ConnectionClaims;
import io.carillon.token.SubscriptionClaims;
import io.carillon.token.TokenVerifier;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens of strangers, and of a backend with strange claims. A token without the key's signature is never taken, and no
 * token makes the verifier throw.
 */
public final class TokenFuzz {

    private static final String SECRET = "a-secret-that-no-fuzzer-guesses";
    private static final TokenVerifier VERIFIER = new TokenVerifier(
            Config.read("{\"client\":{\"token\":{\"hmac_secret_key\":\"" + SECRET + "\"}}}")
                    .client(),
            InstantSource.system());

    private TokenFuzz() {}

    /** Takes the input as a whole token, as the claims of a genuine one, and as its header. */
    public static void fuzzerTestOneInput(byte[] input) throws GeneralSecurityException {
        forged(new String(input, StandardCharsets.UTF_8));
        String header = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
        genuine(header.getBytes(StandardCharsets.UTF_8), input);
        genuine(input, "{\"sub\":\"u\",\"channel\":\"c\"}".getBytes(StandardCharsets.UTF_8));
    }

    private static void forged(String token) {
        if (VERIFIER.connection(token) instanceof ConnectionClaims
                || VERIFIER.subscription(token) instanceof SubscriptionClaims) {
            throw new IllegalStateException("A forged token was taken: " + token);
        }
    }

    private static void genuine(byte[] header, byte[] claims) throws GeneralSecurityException {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String signed = encoder.encodeToString(header) + "." + encoder.encodeToString(claims);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String token = signed + "." + encoder.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        VERIFIER.connection(token);
        VERIFIER.subscription(token);
    }
}
