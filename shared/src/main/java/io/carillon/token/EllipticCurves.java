package io.carillon.token;

import io.carillon.config.PublicKeys;
import java.security.interfaces.ECPublicKey;

/** Knows the one algorithm that each curve goes with (RFC 7518 §3.4). */
final class EllipticCurves {

    private EllipticCurves() {}

    /** Gives {@code ES256}, {@code ES384} or {@code ES512}; empty for a curve that JWT does not use so. */
    static String algorithm(ECPublicKey key) {
        return switch (PublicKeys.curveBits(key)) {
            case 256 -> "ES256";
            case 384 -> "ES384";
            case 521 -> "ES512";
            default -> "";
        };
    }
}
