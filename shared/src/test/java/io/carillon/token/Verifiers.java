package io.carillon.token;

import io.carillon.config.ClientConfig;
import io.carillon.config.Config;
import io.carillon.events.Json;
import org.jose4j.keys.HmacKey;

/** Makes verifiers from the keys of a configuration. */
final class Verifiers {

    static final String SECRET = "secret";
    static final HmacKey HMAC = new HmacKey(SECRET.getBytes(java.nio.charset.StandardCharsets.UTF_8));

    private Verifiers() {}

    /** Makes a verifier whose section {@code client} holds the given members. */
    static TokenVerifier client(FakeClock clock, FakeKeyServer server, String members) {
        ClientConfig config = Config.read("{\"client\":{" + members + "}}").client();
        return new TokenVerifier(config, clock, server);
    }

    /** Makes a verifier whose section {@code client.token} holds the given members. */
    static TokenVerifier token(FakeClock clock, String members) {
        return client(clock, new FakeKeyServer(), "\"token\":{" + members + "}");
    }

    static String hmac() {
        return member("hmac_secret_key", SECRET);
    }

    static String member(String key, String value) {
        return "\"" + key + "\":" + Json.write(value);
    }
}
