package io.carillon.token;

import io.carillon.events.Json;
import io.carillon.events.RawJson;
import java.security.Key;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** Gathers the claims of one token, and signs it. Not for use by several threads. */
public final class TokenBuilder {

    private final Signing signing;
    private final Key key;
    private final InstantSource clock;
    private final Map<String, RawJson> claims = new LinkedHashMap<>();

    TokenBuilder(Signing signing, InstantSource clock) {
        this.signing = signing;
        this.key = signing.key();
        this.clock = clock;
        claims.put("iat", RawJson.of(Long.toString(now())));
        signing.claims().forEach((name, value) -> claim(name, text(value)));
    }

    TokenBuilder user(String user) {
        if (!signing.userIdClaim().isEmpty()) {
            claim(signing.userIdClaim(), text(user));
        }
        return claim("sub", text(user));
    }

    TokenBuilder channel(String channel) {
        return claim("channel", text(channel));
    }

    /** Lets the token expire after a time, rounded down to seconds. Without this it never does. */
    public TokenBuilder expiresIn(Duration time) {
        return claim("exp", RawJson.of(Long.toString(now() + time.toSeconds())));
    }

    /** Sets what others see of the user, or of the subscriber. */
    public TokenBuilder info(RawJson info) {
        return claim("info", info);
    }

    /** Sets the channels that the server subscribes the connection to. */
    public TokenBuilder channels(Collection<String> channels) {
        String list = channels.stream().map(Json::write).collect(Collectors.joining(",", "[", "]"));
        return claim("channels", RawJson.of(list));
    }

    /** Sets the claim {@code aud}. */
    public TokenBuilder audience(String audience) {
        return claim("aud", text(audience));
    }

    /** Sets the claim {@code iss}. */
    public TokenBuilder issuer(String issuer) {
        return claim("iss", text(issuer));
    }

    /** Sets any other claim, such as {@code meta}, {@code subs} or {@code expire_at}, in place of one set before. */
    public TokenBuilder claim(String name, RawJson value) {
        claims.put(name, value);
        return this;
    }

    /**
     * Signs the token and gives it in compact form.
     *
     * @throws UnsignableToken if the configuration would refuse it for its audience or issuer
     */
    public String sign() {
        signing.check(claims);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        signature.setHeader("typ", "JWT");
        signature.setKey(key);
        // Centrifugo takes secrets of any length, and so does its quickstart.
        signature.setDoKeyValidation(false);
        signature.setPayload(claims.entrySet().stream()
                .filter(claim -> claim.getValue().isPresent())
                .map(claim ->
                        Json.write(claim.getKey()) + ":" + claim.getValue().text())
                .collect(Collectors.joining(",", "{", "}")));
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("HS256 is always there", e);
        }
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    private static RawJson text(String text) {
        return RawJson.of(Json.write(text));
    }
}
