package io.carillon.token;

import static io.carillon.token.Verifiers.HMAC;
import static io.carillon.token.Verifiers.hmac;
import static io.carillon.token.Verifiers.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.events.RawJson;
import io.carillon.events.SubscribeOverride;
import io.carillon.events.SubscribeOverride.Setting;
import java.security.Key;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {

    private final FakeClock clock = new FakeClock();
    private final TokenVerifier verifier = Verifiers.token(clock, hmac());

    @Test
    void shouldGiveEveryClaimWhenAConnectionTokenIsGenuine() {
        // Given
        String token = hs256("""
                {"sub": "alice", "exp": %d, "iat": 1799999990, "jti": "t-1", "nbf": 1799999990,
                 "info": {"b": 1.50, "a" : [ 1e2 ]}, "meta": {"plan":"pro"}, "aud": ["x"], "iss": "y",
                 "subs": {"chat:1": {"info": {"r":1}, "data": [1.0], "override": {"presence": {"value": true},
                   "join_leave": {"value": false}, "force_recovery": {}, "force_positioning": {"value": true}}}}}
                """.formatted(FakeClock.START + 60));

        // When
        ConnectionClaims claims = (ConnectionClaims) verifier.connection(token);

        // Then
        assertThat(claims.user()).isEqualTo("alice");
        assertThat(claims.expireAt()).isEqualTo(FakeClock.START + 60);
        assertThat(claims.issuedAt()).isEqualTo(1_799_999_990L);
        assertThat(claims.id()).isEqualTo("t-1");
        assertThat(claims.info().text()).isEqualTo("{\"b\": 1.50, \"a\" : [ 1e2 ]}");
        assertThat(claims.meta().text()).isEqualTo("{\"plan\":\"pro\"}");
        SubscriptionGrant grant = claims.subscriptions().get("chat:1");
        assertThat(grant.info().text()).isEqualTo("{\"r\":1}");
        assertThat(grant.data().text()).isEqualTo("[1.0]");
        assertThat(grant.override())
                .isEqualTo(new SubscribeOverride(Setting.ON, Setting.OFF, Setting.OFF, Setting.ON, Setting.UNSET));
    }

    @Test
    void shouldGiveEveryClaimWhenASubscriptionTokenIsGenuine() {
        // Given
        String token = hs256("""
                {"sub": "alice", "channel": "chat:1", "client": "c-1", "exp": %d, "iat": 7, "jti": "t-2",
                 "info": {"r":1}, "data": {"d":2}, "override": {"force_push_join_leave": {"value": true}}}
                """.formatted(FakeClock.START + 60));

        // When
        SubscriptionToken result = verifier.subscription(token);

        // Then
        assertThat(result)
                .isEqualTo(new SubscriptionClaims(
                        "alice",
                        "chat:1",
                        "c-1",
                        FakeClock.START + 60,
                        new SubscriptionGrant(
                                RawJson.of("{\"r\":1}"),
                                RawJson.of("{\"d\":2}"),
                                new SubscribeOverride(
                                        Setting.UNSET, Setting.UNSET, Setting.UNSET, Setting.UNSET, Setting.ON)),
                        "t-2",
                        7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"sub\":\"\"}", "{\"sub\":null,\"exp\":null,\"subs\":null,\"channels\":null}"})
    void shouldBeAnonymousAndLastForEverWhenClaimsAreAbsent(String payload) {
        // When
        ConnectionClaims claims = (ConnectionClaims) verifier.connection(hs256(payload));

        // Then
        assertThat(claims.user()).isEmpty();
        assertThat(claims.expireAt()).isZero();
        assertThat(claims.info().isEmpty()).isTrue();
        assertThat(claims.meta().isEmpty()).isTrue();
        assertThat(claims.subscriptions()).isEmpty();
    }

    @Test
    void shouldDecodeTheBase64FormsAndPreferThemWhenBothAreThere() {
        // Given
        String info = base64("{\"n\": 1.0}");
        String data = base64("[ 2 ]");
        String token = hs256("{\"info\":1,\"b64info\":\"%s\",\"subs\":{\"a\":{\"b64info\":\"%s\",\"b64data\":\"%s\"}}}"
                .formatted(info, info, data));

        // When
        ConnectionClaims claims = (ConnectionClaims) verifier.connection(token);

        // Then
        assertThat(claims.info().text()).isEqualTo("{\"n\": 1.0}");
        assertThat(claims.subscriptions().get("a").info().text()).isEqualTo("{\"n\": 1.0}");
        assertThat(claims.subscriptions().get("a").data().text()).isEqualTo("[ 2 ]");
    }

    @Test
    void shouldSubscribePlainlyWhenTheTokenListsChannels() {
        ConnectionClaims claims = (ConnectionClaims) verifier.connection(hs256("{\"channels\":[\"a\",\"b\"]}"));

        assertThat(claims.subscriptions()).containsOnlyKeys("a", "b").containsEntry("a", SubscriptionGrant.PLAIN);
    }

    @Test
    void shouldPreferSubsWhenTheTokenListsChannelsToo() {
        ConnectionClaims claims =
                (ConnectionClaims) verifier.connection(hs256("{\"channels\":[\"a\"],\"subs\":{\"b\":{},\"c\":null}}"));

        assertThat(claims.subscriptions()).containsOnlyKeys("b", "c").containsEntry("c", SubscriptionGrant.PLAIN);
    }

    /** Offsets count from now; the token is in force for as long as exp says, the connection as expire_at says. */
    @ParameterizedTest
    @CsvSource({"60,,60", "60,0,", "60,-5,", ",60,60", "60,600,600", "600,60,60", "60,-1800000000,", ",,"})
    void shouldExpireTheConnectionByExpireAtWhenTheTokenHasIt(Long exp, Long expireAt, Long expected) {
        // Given
        String payload = "{\"sub\":\"a\""
                + (exp == null ? "" : ",\"exp\":" + (FakeClock.START + exp))
                + (expireAt == null ? "" : ",\"expire_at\":" + (expireAt <= 0 ? expireAt : FakeClock.START + expireAt))
                + "}";

        // When
        ConnectionClaims claims = (ConnectionClaims) verifier.connection(hs256(payload));

        // Then
        assertThat(claims.expireAt()).isEqualTo(expected == null ? 0 : FakeClock.START + expected);
    }

    @Test
    void shouldBeExpiredFromTheSecondThatExpNames() {
        // Given
        String connection = hs256("{\"sub\":\"a\",\"exp\":%d}".formatted(FakeClock.START + 10));
        String subscription = hs256("{\"channel\":\"a\",\"exp\":%d}".formatted(FakeClock.START + 10));

        // When
        clock.advance(Duration.ofMillis(9_999));

        // Then
        assertThat(verifier.connection(connection)).isInstanceOf(ConnectionClaims.class);
        assertThat(verifier.subscription(subscription)).isInstanceOf(SubscriptionClaims.class);

        // When
        clock.advance(Duration.ofMillis(1));

        // Then
        assertThat(verifier.connection(connection)).isEqualTo(new ExpiredToken());
        assertThat(verifier.subscription(subscription)).isEqualTo(new ExpiredToken());
    }

    @Test
    void shouldBeExpiredWhenTheTokenIsNotYetInForce() {
        String token = hs256("{\"nbf\":%d}".formatted(FakeClock.START + 1));

        assertThat(verifier.connection(token)).isEqualTo(new ExpiredToken());

        clock.advance(Duration.ofSeconds(1));
        assertThat(verifier.connection(token)).isInstanceOf(ConnectionClaims.class);
    }

    static Stream<Arguments> keys() {
        String rsa = member("rsa_public_key", TestKeys.pem(TestKeys.RSA.getPublic()));
        return Stream.of(
                        List.of("HS256", HMAC, hmac()),
                        List.of("HS384", HMAC, hmac()),
                        List.of("HS512", HMAC, hmac()),
                        List.of("RS256", TestKeys.RSA.getPrivate(), rsa),
                        List.of("RS384", TestKeys.RSA.getPrivate(), rsa),
                        List.of("RS512", TestKeys.RSA.getPrivate(), rsa),
                        ec("ES256", TestKeys.P256),
                        ec("ES384", TestKeys.P384),
                        ec("ES512", TestKeys.P521))
                .map(row -> Arguments.of(row.toArray()));
    }

    private static List<Object> ec(String algorithm, KeyPair pair) {
        return List.of(algorithm, pair.getPrivate(), member("ecdsa_public_key", TestKeys.pem(pair.getPublic())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keys")
    void shouldVerifyEveryAlgorithmThatTheConfiguredKeyAllows(String algorithm, Key key, String configured) {
        // Given
        TokenVerifier verifier = Verifiers.token(clock, configured);

        // Then
        assertThat(verifier.connection(TestKeys.sign(algorithm, key, "{\"sub\":\"a\"}")))
                .isInstanceOfSatisfying(
                        ConnectionClaims.class,
                        claims -> assertThat(claims.user()).isEqualTo("a"));
    }

    @Test
    void shouldTakeThePreviousSecretUntilItsTimeIsOver() {
        // Given
        TokenVerifier verifier = Verifiers.token(
                clock,
                hmac() + "," + member("hmac_previous_secret_key", "old") + ",\"hmac_previous_secret_key_valid_until\":"
                        + (FakeClock.START + 60));
        String old = TestKeys.sign("HS256", new HmacKey("old".getBytes()), "{}");

        // Then
        assertThat(verifier.connection(hs256("{}"))).isInstanceOf(ConnectionClaims.class);
        assertThat(verifier.connection(old)).isInstanceOf(ConnectionClaims.class);

        // When
        clock.advance(Duration.ofSeconds(61));

        // Then
        assertThat(verifier.connection(hs256("{}"))).isInstanceOf(ConnectionClaims.class);
        assertThat(verifier.connection(old)).isInstanceOf(InvalidToken.class);
    }

    @Test
    void shouldUseTheKeysOfTheirOwnWhenSubscriptionTokensHaveThem() {
        // Given
        TokenVerifier verifier = Verifiers.client(
                clock,
                new FakeKeyServer(),
                "\"token\":{" + hmac() + "},\"subscription_token\":{\"enabled\":true,"
                        + member("hmac_secret_key", "other") + "}");
        String payload = "{\"sub\":\"a\",\"channel\":\"c\"}";

        // Then
        assertThat(verifier.subscription(TestKeys.sign("HS256", new HmacKey("other".getBytes()), payload)))
                .isInstanceOf(SubscriptionClaims.class);
        assertThat(verifier.subscription(hs256(payload))).isInstanceOf(InvalidToken.class);
        assertThat(verifier.connection(hs256("{\"sub\":\"a\"}"))).isInstanceOf(ConnectionClaims.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "audience":"app"              | {"aud":"app"}             | true
            "audience":"app"              | {"aud":["x","app"]}       | true
            "audience":"app"              | {"aud":["x"]}             | false
            "audience":"app"              | {}                        | false
            "audience":"app"              | {"aud":[]}                | false
            "audience_regex":"^app-\\\\d$"  | {"aud":["x","app-7"]}     | true
            "audience_regex":"^app-\\\\d$"  | {"aud":"app-77"}          | false
            "audience_regex":".*"         | {}                        | false
            "audience_regex":".*"         | {"aud":[null]}            | false
            "issuer":"https://id"         | {"iss":"https://id"}      | true
            "issuer":"https://id"         | {"iss":"https://id/"}     | false
            "issuer":"https://id"         | {}                        | false
            "issuer_regex":"^https://id"  | {"iss":"https://id/x"}    | true
            "issuer_regex":"^https://id"  | {"iss":"http://id"}       | false
            """)
    void shouldRefuseATokenMadeByOrForSomebodyElse(String configured, String payload, boolean accepted) {
        // Given
        TokenVerifier verifier = Verifiers.token(clock, hmac() + "," + configured);

        // Then
        assertThat(verifier.connection(hs256(payload)))
                .isInstanceOf(accepted ? ConnectionClaims.class : InvalidToken.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            {"sub":"a","uid":"b"}   | b
            {"sub":"a","uid":42}    | 42
            {"sub":"a","uid":true}  | true
            {"sub":"a","uid":null}  | none
            {"sub":"a"}             | none
            """)
    void shouldTakeTheUserFromTheConfiguredClaim(String payload, String user) {
        // Given
        TokenVerifier verifier = Verifiers.token(clock, hmac() + "," + member("user_id_claim", "uid"));

        // When
        ConnectionClaims claims = (ConnectionClaims) verifier.connection(hs256(payload));

        // Then
        assertThat(claims.user()).isEqualTo(user == null ? "" : user);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"sub":7}                          | column 8
            {"exp":"soon"}                     | column 8
            {"channels":"a"}                   | another form
            {"subs":[]}                        | another form
            {"subs":{"a":{"override":1}}}      | another form
            {"b64info":"!"}                    | Base64
            {"b64info":"eA=="}                 | not JSON
            {"b64info":"/w=="}                 | not UTF-8
            {"channels":[null]}                | channels
            []                                 | another form
            not json                           | not JSON
            {"sub":"a"} {"sub":"b"}            | malformed
            """)
    void shouldBeInvalidWhenAClaimIsMalformed(String payload, String reason) {
        assertThat(verifier.connection(hs256(payload)))
                .isInstanceOfSatisfying(
                        InvalidToken.class,
                        invalid -> assertThat(invalid.reason()).contains(reason));
    }

    private static String hs256(String payload) {
        return TestKeys.sign("HS256", HMAC, payload);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes());
    }
}
