package io.carillon.token;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.carillon.events.Json;
import io.carillon.events.MalformedJson;
import io.carillon.events.RawJson;
import io.carillon.events.SubscribeOverride;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The JSON of both kinds of token, as it stands in the payload; what is absent is null here, and nowhere else.
 *
 * @see <a href="https://centrifugal.dev/docs/server/authentication">connection tokens</a>
 * @see <a href="https://centrifugal.dev/docs/server/channel_token_auth">subscription tokens</a>
 */
record Claims(
        String sub,
        Double exp,
        Double nbf,
        Double iat,
        String jti,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> aud,

        String iss,

        @JsonProperty("token_use") String tokenUse,

        @JsonProperty("client_id") String clientId,

        @JsonProperty("expire_at") Long expireAt,
        RawJson info,
        String b64info,
        RawJson data,
        String b64data,
        RawJson meta,
        List<String> channels,
        Map<String, Sub> subs,
        String channel,
        String client,
        SubscribeOverride override) {

    /** The year 2100, which stands for all later moments: so a time to live fits the protocol's 32 bits. */
    static final long LATEST = 4_102_444_800L;

    /** One entry of the claim {@code subs}. */
    record Sub(RawJson info, String b64info, RawJson data, String b64data, SubscribeOverride override) {

        SubscriptionGrant grant() {
            return new SubscriptionGrant(
                    json(info, b64info), json(data, b64data), override == null ? SubscribeOverride.NONE : override);
        }
    }

    /**
     * Reads a payload.
     *
     * @throws MalformedJson if it is not JSON, or a claim has the wrong type
     */
    static Claims read(String payload) {
        return Json.read(payload, Claims.class);
    }

    /**
     * Turns a payload into text.
     *
     * @throws MalformedJson if it is not UTF-8
     */
    static String text(byte[] payload) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedJson("not UTF-8");
        }
    }

    boolean isInForceAt(Instant now) {
        double seconds = now.getEpochSecond() + now.getNano() / 1e9;
        return (exp == null || exp > seconds) && (nbf == null || nbf <= seconds);
    }

    /** {@code expire_at} outranks {@code exp}; set to 0 or less, it makes what the token opens last for ever. */
    long expiry() {
        if (expireAt != null) {
            return Math.max(0, expireAt);
        }
        return exp == null ? 0 : exp.longValue();
    }

    long issuedAt() {
        return iat == null ? 0 : iat.longValue();
    }

    RawJson connectionInfo() {
        return json(info, b64info);
    }

    RawJson connectionMeta() {
        return meta == null ? RawJson.NONE : meta;
    }

    SubscriptionGrant grant() {
        return new Sub(info, b64info, data, b64data, override).grant();
    }

    static String orEmpty(String claim) {
        return claim == null ? "" : claim;
    }

    /** The Base64 form outranks the plain one; what it holds must be JSON too, since it goes into JSON frames. */
    private static RawJson json(RawJson plain, String base64) {
        if (base64 == null || base64.isEmpty()) {
            return plain == null ? RawJson.NONE : plain;
        }
        try {
            return Json.read(text(Base64.getDecoder().decode(base64)), RawJson.class);
        } catch (IllegalArgumentException e) {
            throw new MalformedJson("a b64 claim is not Base64");
        }
    }
}
