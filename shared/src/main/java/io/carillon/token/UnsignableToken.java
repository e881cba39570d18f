package io.carillon.token;

/** Says why no token can be signed that the configuration would accept, with the key and what to do. */
public final class UnsignableToken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnsignableToken(String message) {
        super(message, null, false, false);
    }
}
