package io.carillon.token;

import java.security.Key;
import java.util.List;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** Checks the signature of a token in compact form (RFC 7515) and gives out the payload only if it is genuine. */
final class SignatureCheck {

    private final VerificationKeys keys;
    private final boolean skipped;

    /** @param skipped whether every signature passes, as {@code client.insecure_skip_token_signature_verify} asks */
    SignatureCheck(VerificationKeys keys, boolean skipped) {
        this.keys = keys;
        this.skipped = skipped;
    }

    /**
     * Gives the payload of a genuine token.
     *
     * @throws Refused if the token is malformed, or no key that is allowed has signed it
     * @throws VerificationKeys.KeysUnavailable if the keys cannot be had now
     */
    byte[] payload(String token) {
        try {
            JsonWebSignature parsed = parse(token);
            if (skipped) {
                return parsed.getUnverifiedPayloadBytes();
            }
            String algorithm = text(parsed.getAlgorithmHeaderValue());
            List<Key> candidates = keys.find(algorithm, text(parsed.getKeyIdHeaderValue()));
            if (candidates.isEmpty()) {
                throw new Refused("no configured key allows the token's algorithm or key id");
            }
            for (Key key : candidates) {
                JsonWebSignature signature = parse(token);
                signature.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, algorithm));
                signature.setKey(key);
                // Centrifugo takes secrets of any length; RFC 7518 §3.2 would refuse the short ones of its examples.
                signature.setDoKeyValidation(!algorithm.startsWith("HS"));
                if (signature.verifySignature()) {
                    return signature.getPayloadBytes();
                }
            }
            throw new Refused("the signature does not fit");
        } catch (JoseException | ClassCastException e) {
            // The library casts header values without asking; its messages can quote the token and stay out of the log.
            throw new Refused("the token is malformed");
        }
    }

    private static JsonWebSignature parse(String token) throws JoseException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setCompactSerialization(token);
        return signature;
    }

    private static String text(String header) {
        return header == null ? "" : header;
    }

    /** Says why a token is not genuine, in words that hold no part of it. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused(String reason) {
            super(reason);
        }
    }
}
