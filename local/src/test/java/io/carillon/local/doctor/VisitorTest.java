package io.carillon.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.config.Config;
import io.carillon.token.ConnectionClaims;
import io.carillon.token.TokenIssuer;
import io.carillon.token.TokenVerifier;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VisitorTest {

    private static final String JWKS =
            "{\"client\":{\"token\":{\"jwks_public_endpoint\":\"https://id.example.com/keys\"%s}}}";

    @Test
    void shouldComeAsTheUserOfATokenThatWasGiven() {
        // Given
        String token = new TokenIssuer("secret", InstantSource.system())
                .connection("alice")
                .sign();

        // Then
        assertThat(of(JWKS.formatted(""), Optional.of(token))).contains(new Visitor(token, "alice"));
        assertThat(of(JWKS.formatted(",\"user_id_claim\":\"uid\""), Optional.of(token)))
                .contains(new Visitor(token, ""));
        assertThat(of(JWKS.formatted(""), Optional.of("no token"))).contains(new Visitor("no token", ""));
    }

    @Test
    void shouldComeWithoutATokenOnlyWhereThatIsLetIn() {
        // Then
        assertThat(of("{\"client\":{\"allow_anonymous_connect_without_token\":true}}", Optional.empty()))
                .contains(new Visitor("", ""));
        assertThat(of(JWKS.formatted(""), Optional.empty())).isEmpty();
    }

    @Test
    void shouldComeWithTheClaimsThatTheConfigurationWants() {
        // Given
        String config =
                "{\"client\":{\"token\":{\"hmac_secret_key\":\"secret\",\"audience\":\"chat\",\"issuer\":\"us\"}}}";

        // When
        Visitor visitor = of(config, Optional.empty()).orElseThrow();

        // Then
        assertThat(new TokenVerifier(Config.read(config).client(), InstantSource.system()).connection(visitor.token()))
                .isInstanceOf(ConnectionClaims.class);
    }

    @Test
    void shouldNotGuessWhatARegularExpressionMatches() {
        assertThat(of(
                        "{\"client\":{\"token\":{\"hmac_secret_key\":\"secret\",\"audience_regex\":\"^a+$\"}}}",
                        Optional.empty()))
                .isEmpty();
    }

    private static Optional<Visitor> of(String config, Optional<String> token) {
        return Visitor.of(KnownConfig.whole(Config.read(config)), token, InstantSource.system());
    }
}
