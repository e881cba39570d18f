package io.carillon.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.carillon.config.ClientConfig;
import io.carillon.config.Config;
import io.carillon.events.RawJson;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenIssuerTest {

    private final FakeClock clock = new FakeClock();
    private final TokenIssuer issuer = new TokenIssuer(Verifiers.SECRET, clock);
    private final TokenVerifier verifier = Verifiers.token(clock, Verifiers.hmac());

    @Test
    void shouldMakeConnectionTokensThatTheVerifierAccepts() {
        // When
        String token = issuer.connection("al\"ice")
                .expiresIn(Duration.ofHours(1))
                .info(RawJson.of("{\"n\": 1.0}"))
                .channels(List.of("news", "chat:1"))
                .claim("meta", RawJson.of("{\"m\":1}"))
                .sign();

        // Then
        ConnectionClaims claims = (ConnectionClaims) verifier.connection(token);
        assertThat(claims.user()).isEqualTo("al\"ice");
        assertThat(claims.expireAt()).isEqualTo(FakeClock.START + 3600);
        assertThat(claims.issuedAt()).isEqualTo(FakeClock.START);
        assertThat(claims.info().text()).isEqualTo("{\"n\": 1.0}");
        assertThat(claims.meta().text()).isEqualTo("{\"m\":1}");
        assertThat(claims.subscriptions()).containsOnlyKeys("news", "chat:1");
    }

    @Test
    void shouldMakeSubscriptionTokensThatTheVerifierAccepts() {
        String token = issuer.subscription("", "$chat:1").sign();

        assertThat(verifier.subscription(token)).isInstanceOfSatisfying(SubscriptionClaims.class, claims -> {
            assertThat(claims.user()).isEmpty();
            assertThat(claims.channel()).isEqualTo("$chat:1");
            assertThat(claims.expireAt()).isZero();
        });
    }

    @Test
    void shouldRefuseToSignWhenTheSecretIsEmpty() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenIssuer("", clock))
                .withMessageContaining("client.token.hmac_secret_key");
    }

    @Test
    void shouldMakeTokensThatTheirConfigurationAcceptsWhenItWantsAudienceIssuerAndUserIdClaim() {
        // Given
        ClientConfig config = config("\"token\":{" + Verifiers.hmac()
                + ",\"audience\":\"chat\",\"issuer\":\"us\",\"user_id_claim\":\"uid\"}");
        TokenVerifier picky = new TokenVerifier(config, clock);

        // When
        String token = TokenIssuer.of(config, clock).connection("alice").sign();

        // Then
        assertThat(picky.connection(token))
                .isInstanceOfSatisfying(
                        ConnectionClaims.class,
                        claims -> assertThat(claims.user()).isEqualTo("alice"));
        assertThat(picky.connection(issuer.connection("alice").sign())).isInstanceOf(InvalidToken.class);
    }

    @Test
    void shouldSignSubscriptionTokensWithTheKeysOfTheirOwnSection() {
        // Given
        ClientConfig config = config("\"token\":{" + Verifiers.hmac() + "},\"subscription_token\":{\"enabled\":true,"
                + Verifiers.member("hmac_secret_key", "another secret") + ",\"audience\":\"rooms\"}");
        TokenVerifier picky = new TokenVerifier(config, clock);
        TokenIssuer own = TokenIssuer.of(config, clock);

        // Then
        assertThat(picky.subscription(own.subscription("alice", "$chat:1").sign()))
                .isInstanceOf(SubscriptionClaims.class);
        assertThat(picky.connection(own.connection("alice").sign())).isInstanceOf(ConnectionClaims.class);
    }

    @Test
    void shouldNameTheSectionWhoseSecretIsMissing() {
        // Given
        ClientConfig config = config("\"token\":{" + Verifiers.hmac()
                + "},\"subscription_token\":{\"enabled\":true,\"jwks_public_endpoint\":\"https://a.example/keys\"}");

        // Then
        assertThatExceptionOfType(UnsignableToken.class)
                .isThrownBy(() -> TokenIssuer.of(config, clock).subscription("alice", "$chat:1"))
                .withMessageContaining("client.subscription_token.hmac_secret_key");
    }

    @Test
    void shouldAskForTheClaimThatNobodyCanGuessAndTakeIt() {
        // Given
        ClientConfig config = config("\"token\":{" + Verifiers.hmac() + ",\"audience_regex\":\"^(a|b)-app$\"}");
        TokenIssuer own = TokenIssuer.of(config, clock);

        // Then
        assertThatExceptionOfType(UnsignableToken.class)
                .isThrownBy(own.connection("alice")::sign)
                .withMessageContaining("client.token.audience_regex, which is ^(a|b)-app$")
                .withMessageContaining("--audience");
        assertThatExceptionOfType(UnsignableToken.class)
                .isThrownBy(own.connection("alice").audience("c-app")::sign)
                .withMessageContaining("and was c-app");
        assertThat(new TokenVerifier(config, clock)
                        .connection(own.connection("alice").audience("b-app").sign()))
                .isInstanceOf(ConnectionClaims.class);
    }

    private static ClientConfig config(String client) {
        return Config.read("{\"client\":{" + client + "}}").client();
    }
}
