package io.carillon.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.ClientConfig;
import io.carillon.config.TokenConfig;
import io.carillon.events.Json;
import io.carillon.events.MalformedJson;
import io.carillon.metrics.Measure;
import io.carillon.metrics.Metrics;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jose4j.http.Get;
import org.jose4j.http.SimpleGet;

/**
 * Verifies connection and subscription tokens: JSON Web Tokens signed with HS, RS or ES 256, 384 or 512, or EdDSA.
 * Which algorithms are allowed follows from the keys in the configuration, never from the token. The signature comes
 * first; no claim is read before it fits.
 *
 * <p>Never throws for a bad token. With {@code client.token.jwks_public_endpoint} a call may wait up to about four
 * seconds for the key set to be fetched. Safe for use by several threads; keep one, since it holds the keys.
 *
 * @see <a href="https://centrifugal.dev/docs/server/authentication">Centrifugo: client authentication</a>
 */
public final class TokenVerifier {

    private static final int HTTP_TIMEOUT_MILLIS = 1_000;

    private final Kind connection;
    private final Kind subscription;
    private final InstantSource clock;

    /** What serves one kind of token. */
    private record Kind(SignatureCheck signature, ClaimsCheck check, String userIdClaim) {}

    /** A genuine token, read. */
    private record Genuine(Claims claims, String user) {}

    public TokenVerifier(ClientConfig config, InstantSource clock) {
        this(config, clock, Metrics.NONE);
    }

    /** The same, and counts the fetches of key sets that fail. */
    public TokenVerifier(ClientConfig config, InstantSource clock, Metrics metrics) {
        this(config, clock, counted(http(), metrics));
    }

    TokenVerifier(ClientConfig config, InstantSource clock, SimpleGet http) {
        this.clock = clock;
        this.connection = kind(config.token(), config, http);
        this.subscription = config.subscriptionToken().enabled()
                ? kind(config.subscriptionToken().token(), config, http)
                : connection;
    }

    /** Verifies the token of a connect or refresh command. */
    public ConnectionToken connection(String token) {
        return guarded(() -> connectionOf(token), InvalidToken::new, UnverifiableToken::new);
    }

    /**
     * Verifies the token of a subscribe or sub_refresh command. The caller compares its channel, user and client with
     * those of the command.
     */
    public SubscriptionToken subscription(String token) {
        return guarded(() -> subscriptionOf(token), InvalidToken::new, UnverifiableToken::new);
    }

    private ConnectionToken connectionOf(String token) {
        Genuine genuine = read(token, connection);
        Claims claims = genuine.claims();
        if (!Claims.orEmpty(claims.channel()).isEmpty()) {
            throw new SignatureCheck.Refused("a subscription token cannot open a connection");
        }
        if (!claims.isInForceAt(clock.instant())) {
            return new ExpiredToken();
        }
        return new ConnectionClaims(
                genuine.user(),
                claims.expiry(),
                claims.connectionInfo(),
                claims.connectionMeta(),
                grants(claims),
                Claims.orEmpty(claims.jti()),
                claims.issuedAt());
    }

    private SubscriptionToken subscriptionOf(String token) {
        Genuine genuine = read(token, subscription);
        Claims claims = genuine.claims();
        if (!claims.isInForceAt(clock.instant())) {
            return new ExpiredToken();
        }
        if (Claims.orEmpty(claims.channel()).isEmpty()) {
            throw new SignatureCheck.Refused("the claim channel is missing, without which no subscription is opened");
        }
        return new SubscriptionClaims(
                genuine.user(),
                claims.channel(),
                Claims.orEmpty(claims.client()),
                claims.expiry(),
                claims.grant(),
                Claims.orEmpty(claims.jti()),
                claims.issuedAt());
    }

    private static Genuine read(String token, Kind kind) {
        String payload = Claims.text(kind.signature().payload(token));
        Claims claims = Claims.read(payload);
        kind.check().accept(claims);
        String user = kind.userIdClaim().isEmpty() ? Claims.orEmpty(claims.sub()) : claim(payload, kind.userIdClaim());
        return new Genuine(claims, user);
    }

    /** {@code subs} outranks {@code channels}, as in Centrifugo. */
    private static Map<String, SubscriptionGrant> grants(Claims claims) {
        Map<String, SubscriptionGrant> grants = new LinkedHashMap<>();
        if (claims.subs() != null && !claims.subs().isEmpty()) {
            claims.subs()
                    .forEach(
                            (channel, sub) -> grants.put(channel, sub == null ? SubscriptionGrant.PLAIN : sub.grant()));
        } else if (claims.channels() != null) {
            if (claims.channels().contains(null)) {
                throw new MalformedJson("channels holds a null");
            }
            claims.channels().forEach(channel -> grants.put(channel, SubscriptionGrant.PLAIN));
        }
        return grants;
    }

    private static String claim(String payload, String name) {
        JsonNode value = Json.read(payload, JsonNode.class).path(name);
        return value.isMissingNode() || value.isNull() ? "" : value.isValueNode() ? value.asText() : value.toString();
    }

    private static <T> T guarded(
            Supplier<T> reading, Function<String, ? extends T> invalid, Function<String, ? extends T> unverifiable) {
        try {
            return reading.get();
        } catch (SignatureCheck.Refused e) {
            return invalid.apply(e.getMessage());
        } catch (MalformedJson e) {
            return invalid.apply("the claims are malformed: " + e.getMessage());
        } catch (VerificationKeys.KeysUnavailable e) {
            return unverifiable.apply(e.getMessage());
        }
    }

    private Kind kind(TokenConfig token, ClientConfig client, SimpleGet http) {
        VerificationKeys keys = VerificationKeys.of(token, clock, http);
        return new Kind(
                new SignatureCheck(keys, client.insecureSkipTokenSignatureVerify()),
                new ClaimsCheck(token),
                token.userIdClaim());
    }

    private static SimpleGet counted(SimpleGet http, Metrics metrics) {
        return url -> {
            try {
                return http.get(url);
            } catch (IOException e) {
                metrics.count(Measure.KEY_FETCH_FAILURES);
                throw e;
            }
        };
    }

    private static SimpleGet http() {
        Get http = new Get();
        http.setConnectTimeout(HTTP_TIMEOUT_MILLIS);
        http.setReadTimeout(HTTP_TIMEOUT_MILLIS);
        http.setRetries(1);
        return http;
    }
}
