package io.carillon.config;

import com.google.re2j.Pattern;

/**
 * An Amazon Cognito user pool as issuer of tokens, known by its id, whose first part is its Region.
 *
 * @param id such as {@code eu-west-1_AbCdEf123}
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html">
 *     Verifying JSON web tokens</a>
 */
public record CognitoPool(String id) {

    private static final Pattern ID = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]+_[0-9A-Za-z]+");

    static boolean isId(String id) {
        return ID.matches(id);
    }

    /** Gives what the claim {@code iss} of the pool's tokens is. */
    public String issuer() {
        String region = id.substring(0, id.indexOf('_'));
        String domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
        return "https://cognito-idp." + region + "." + domain + "/" + id;
    }

    /** Gives the URL of the pool's key set. */
    public String keySet() {
        return issuer() + "/.well-known/jwks.json";
    }
}
