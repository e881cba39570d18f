package io.carillon.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
}
