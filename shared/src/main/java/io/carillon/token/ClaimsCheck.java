package io.carillon.token;

import com.google.re2j.Pattern;
import io.carillon.config.TokenConfig;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** Checks that a token was made by the right issuer and for us, as the configuration asks. */
final class ClaimsCheck {

    private final Predicate<String> issuer;
    private final Predicate<List<String>> audience;

    ClaimsCheck(TokenConfig config) {
        this.issuer = matcher(config.issuer(), config.issuerRegex());
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
        if (!audience.test(claims.aud() == null ? List.of() : claims.aud())) {
            throw new SignatureCheck.Refused("the claim aud does not hold the configured audience");
        }
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
