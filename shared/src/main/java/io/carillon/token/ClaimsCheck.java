package io.carillon.token;

import com.google.re2j.Pattern;
import io.carillon.config.CognitoPool;
import io.carillon.config.TokenConfig;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** Checks that a token was made by the right issuer and for us, as the configuration asks. */
final class ClaimsCheck {

    private static final Set<String> COGNITO_USES = Set.of("access", "id");

    private final Predicate<String> issuer;
    private final Predicate<List<String>> audience;
    private final boolean cognito;

    ClaimsCheck(TokenConfig config) {
        this.cognito = config.cognito().isPresent();
        this.issuer = matcher(config.cognito().map(CognitoPool::issuer).orElse(config.issuer()), config.issuerRegex());
        Predicate<String> one = matcher(config.audience(), config.audienceRegex());
        boolean anyAudience =
                config.audience().isEmpty() && config.audienceRegex().isEmpty();
        this.audience = values ->
                anyAudience || values.stream().filter(Objects::nonNull).anyMatch(one);
    }

    /** @throws SignatureCheck.Refused if the token is another's */
    void accept(Claims claims) {
        if (!issuer.test(Claims.orEmpty(claims.iss()))) {
            throw new SignatureCheck.Refused("the claim iss is not the configured issuer");
        }
        if (cognito && !COGNITO_USES.contains(Claims.orEmpty(claims.tokenUse()))) {
            throw new SignatureCheck.Refused("the claim token_use is neither access nor id");
        }
        if (!audience.test(audienceOf(claims))) {
            throw new SignatureCheck.Refused("the claim aud does not hold the configured audience");
        }
    }

    /** A Cognito access token names its app client in {@code client_id}, and has no {@code aud}. */
    private List<String> audienceOf(Claims claims) {
        if (cognito && Claims.orEmpty(claims.tokenUse()).equals("access")) {
            return List.of(Claims.orEmpty(claims.clientId()));
        }
        return claims.aud() == null ? List.of() : claims.aud();
    }

    private static Predicate<String> matcher(String text, String regex) {
        if (!text.isEmpty()) {
            return text::equals;
        }
        if (regex.isEmpty()) {
            return value -> true;
        }
        Pattern pattern = Pattern.compile(regex);
        return value -> pattern.matcher(value).find();
    }
}
