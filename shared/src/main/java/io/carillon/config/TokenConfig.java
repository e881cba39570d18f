package io.carillon.config;

import java.util.Optional;

/**
 * Holds the section {@code client.token}: the keys that sign tokens, and what their claims must say. Empty strings
 * and zeros stand for what is not set.
 */
public record TokenConfig(
        @Key(value = "Secret that signs HS256, HS384 and HS512 tokens.", secret = true)
        String hmacSecretKey,

        @Key(value = "The secret before the last rotation, accepted beside `hmac_secret_key`.", secret = true)
        String hmacPreviousSecretKey,

        @Key(
                value = "Unix time in seconds until which `hmac_previous_secret_key` is accepted; 0 means without end.",
                max = Long.MAX_VALUE)
        long hmacPreviousSecretKeyValidUntil,

        @Key("Public key in PEM form that checks RS256, RS384 and RS512 tokens.")
        String rsaPublicKey,

        @Key("Public key in PEM form that checks ES256, ES384 or ES512 tokens, whichever fits its curve.")
        String ecdsaPublicKey,

        @Key("URL of a JSON Web Key Set; its RSA, EC and Ed25519 keys check the tokens, found by their `kid`.")
        String jwksPublicEndpoint,

        @Key(
                "Id of an Amazon Cognito user pool whose access and id tokens are accepted. It says where the keys are and "
                        + "who the issuer is; `audience` can name the one app client whose tokens are meant. Centrifugo has no such key.")
        String cognitoUserPoolId,

        @Key("What the claim `aud` must hold; for a Cognito access token, what `client_id` must be.")
        String audience,

        @Key("Regular expression that one value of the claim `aud` must match.")
        String audienceRegex,

        @Key("What the claim `iss` must be.") String issuer,

        @Key("Regular expression that the claim `iss` must match.")
        String issuerRegex,

        @Key("Claim that holds the user, in place of `sub`.")
        String userIdClaim) {

    /** Says whether any key is set, so that a token can be accepted at all. */
    public boolean hasKey() {
        return !hmacSecretKey.isEmpty()
                || !rsaPublicKey.isEmpty()
                || !ecdsaPublicKey.isEmpty()
                || !jwksPublicEndpoint.isEmpty()
                || !cognitoUserPoolId.isEmpty();
    }

    /** Gives the user pool that issues the tokens, if one does. */
    public Optional<CognitoPool> cognito() {
        return cognitoUserPoolId.isEmpty() ? Optional.empty() : Optional.of(new CognitoPool(cognitoUserPoolId));
    }

    /** Gives the URL of the key set; empty if the keys stand in the configuration. */
    public Optional<String> keySet() {
        Optional<String> endpoint = Optional.of(jwksPublicEndpoint).filter(url -> !url.isEmpty());
        return cognito().map(CognitoPool::keySet).or(() -> endpoint);
    }

    @Override
    public String toString() {
        return "TokenConfig[hmacSecretKey=" + Secrets.masked(hmacSecretKey)
                + ", hmacPreviousSecretKey=" + Secrets.masked(hmacPreviousSecretKey)
                + ", rsaPublicKey=" + Secrets.masked(rsaPublicKey)
                + ", ecdsaPublicKey=" + Secrets.masked(ecdsaPublicKey)
                + ", jwksPublicEndpoint=" + jwksPublicEndpoint
                + ", cognitoUserPoolId=" + cognitoUserPoolId + "]";
    }
}
