package io.carillon.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.events.MalformedJson;
import io.carillon.push.Provider;
import java.util.List;
import java.util.Map;

/**
 * Reads the credentials of Google or Apple from the text of a secret, as attributes of a platform application:
 *
 * <ul>
 *   <li>FCM: the service account's key file, as Firebase's console gives it out.
 *   <li>APNs: {@code token_auth_key} (the text of the {@code .p8} file), {@code token_key_id}, {@code token_team_id} and
 *       {@code bundle_id}; the names are those of Centrifugo PRO's {@code apns} options.
 * </ul>
 *
 * <p>Errors name members and never values, since a deployment shows them to whoever may read its events.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/api/API_SetPlatformApplicationAttributes.html">Attributes of
 *     platform applications</a>
 */
final class PlatformCredentials {

    private static final String CREDENTIAL = "PlatformCredential";

    private PlatformCredentials() {}

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException if something is missing
     */
    static Map<String, String> read(Provider provider, String secret) {
        return switch (provider) {
            case FCM -> serviceAccount(provider, secret);
            case APNS, APNS_SANDBOX -> token(provider, secret);
        };
    }

    private static Map<String, String> serviceAccount(Provider provider, String secret) {
        String what = "the JSON key file of a service account, as Firebase's console gives it out, with ";
        JsonNode file = members(provider, secret, what, List.of("project_id", "client_email", "private_key"));
        if (!file.path("type").asText().equals("service_account")) {
            throw wrong(provider, what + "\"type\": \"service_account\"");
        }
        return Map.of(CREDENTIAL, secret);
    }

    private static Map<String, String> token(Provider provider, String secret) {
        String what = "a JSON object with the text of the .p8 file and what Apple calls it, as ";
        List<String> names = List.of("token_auth_key", "token_key_id", "token_team_id", "bundle_id");
        JsonNode token = members(provider, secret, what, names);
        String key = token.path("token_auth_key").asText();
        if (!key.contains("BEGIN PRIVATE KEY")) {
            throw wrong(provider, what + "token_auth_key, which must be the whole .p8 file with its BEGIN PRIVATE KEY");
        }
        return Map.of(
                CREDENTIAL,
                key,
                "PlatformPrincipal",
                token.path("token_key_id").asText(),
                "ApplePlatformTeamID",
                token.path("token_team_id").asText(),
                "ApplePlatformBundleID",
                token.path("bundle_id").asText());
    }

    private static JsonNode members(Provider provider, String secret, String what, List<String> names) {
        String all = what + String.join(", ", names);
        JsonNode object = object(provider, secret, all);
        List<String> missing = names.stream()
                .filter(name -> !object.path(name).isTextual()
                        || object.path(name).asText().isBlank())
                .toList();
        if (!missing.isEmpty()) {
            throw wrong(provider, all + "; it has no " + String.join(", ", missing));
        }
        return object;
    }

    private static JsonNode object(Provider provider, String secret, String what) {
        try {
            JsonNode read = Json.read(secret, JsonNode.class);
            if (read.isObject()) {
                return read;
            }
        } catch (MalformedJson e) {
            // Its message may quote the secret.
            throw wrong(
                    provider, what + "; it is no JSON. Put it there with --secret-string file://NAME, not as bytes");
        }
        throw wrong(provider, what + "; it is no JSON object");
    }

    private static IllegalArgumentException wrong(Provider provider, String what) {
        return new IllegalArgumentException("The secret of push." + provider.text() + " must be " + what);
    }
}
