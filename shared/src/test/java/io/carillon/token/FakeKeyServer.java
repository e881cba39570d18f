package io.carillon.token;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.jose4j.http.Response;
import org.jose4j.http.SimpleGet;
import org.jose4j.http.SimpleResponse;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;

/** Serves a key set that tests can change or take away, and counts how often it is fetched. */
final class FakeKeyServer implements SimpleGet {

    static final String URL = "https://keys.test/jwks.json";

    private String body = "{\"keys\":[]}";
    private boolean down;
    private int fetches;

    @Override
    public SimpleResponse get(String location) throws IOException {
        fetches++;
        if (down || !location.equals(URL)) {
            throw new IOException("no route to " + location);
        }
        return new Response(200, "OK", Map.of(), body);
    }

    void serve(JsonWebKey... keys) {
        body = new JsonWebKeySet(Arrays.asList(keys)).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
        down = false;
    }

    void serve(String text) {
        body = text;
    }

    void goDown() {
        down = true;
    }

    int fetches() {
        return fetches;
    }
}
