package io.carillon.config;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** Reads public keys in PEM form: {@code PUBLIC KEY} (SubjectPublicKeyInfo) or {@code CERTIFICATE}. */
public final class PublicKeys {

    /** RFC 7518 §3.3 and §3.5 ask for at least this many bits. */
    private static final int SMALLEST_RSA = 2048;

    /** P-256, P-384 and P-521, the curves of ES256, ES384 and ES512 (RFC 7518 §3.4). */
    private static final Set<Integer> CURVES = Set.of(256, 384, 521);

    private PublicKeys() {}

    /**
     * Reads an RSA key of at least 2048 bits.
     *
     * @throws IllegalArgumentException with the problem and no part of the key
     */
    public static RSAPublicKey rsa(String pem) {
        if (!(read(pem, "RSA") instanceof RSAPublicKey key)) {
            throw new IllegalArgumentException("is not an RSA public key");
        }
        if (key.getModulus().bitLength() < SMALLEST_RSA) {
            throw new IllegalArgumentException("must have at least " + SMALLEST_RSA + " bits, has "
                    + key.getModulus().bitLength());
        }
        return key;
    }

    /**
     * Reads a key on one of the curves P-256, P-384 and P-521.
     *
     * @throws IllegalArgumentException with the problem and no part of the key
     */
    public static ECPublicKey ec(String pem) {
        if (!(read(pem, "EC") instanceof ECPublicKey key)) {
            throw new IllegalArgumentException("is not an EC public key");
        }
        if (!CURVES.contains(curveBits(key))) {
            throw new IllegalArgumentException("must be on the curve P-256, P-384 or P-521");
        }
        return key;
    }

    /** Gives the size of the key's curve: 256, 384 or 521 for a key from {@link #ec}. */
    public static int curveBits(ECPublicKey key) {
        return key.getParams().getCurve().getField().getFieldSize();
    }

    static Optional<String> rsaProblem(String pem) {
        return problem(pem, () -> rsa(pem));
    }

    static Optional<String> ecProblem(String pem) {
        return problem(pem, () -> ec(pem));
    }

    private static Optional<String> problem(String pem, Runnable reading) {
        if (pem.isEmpty()) {
            return Optional.empty();
        }
        try {
            reading.run();
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static PublicKey read(String pem, String algorithm) {
        try {
            Optional<byte[]> key = body(pem, "PUBLIC KEY");
            if (key.isPresent()) {
                return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(key.get()));
            }
            byte[] certificate = body(pem, "CERTIFICATE")
                    .orElseThrow(() -> new IllegalArgumentException(
                            "must be in PEM form, from -----BEGIN PUBLIC KEY----- to -----END PUBLIC KEY-----"));
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate))
                    .getPublicKey();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("is not an " + algorithm + " public key", e);
        }
    }

    private static Optional<byte[]> body(String pem, String kind) {
        String begin = "-----BEGIN " + kind + "-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf("-----END " + kind + "-----");
        if (from < 0 || to < from) {
            return Optional.empty();
        }
        String base64 = pem.substring(from + begin.length(), to).replaceAll("\\s", "");
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is damaged: what stands between BEGIN and END is not Base64", e);
        }
    }
}
