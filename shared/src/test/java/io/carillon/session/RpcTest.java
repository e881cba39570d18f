package io.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.channel.Refused;
import io.carillon.events.ProtocolError;
import io.carillon.events.RawJson;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RpcTest {

    private final TestCarillon carillon = TestCarillon.with(
            "",
            "",
            Map.of(
                    "echo",
                    (caller, data) -> RawJson.of("[\"" + caller.user() + "\"," + data.text() + "]"),
                    "large",
                    (caller, data) -> RawJson.of("\"" + "x".repeat(128 * 1024) + "\""),
                    "nothing",
                    (caller, data) -> RawJson.NONE,
                    "refuse",
                    (caller, data) -> {
                        throw new Refused(new ProtocolError(1000, "not today", true));
                    },
                    "break",
                    (caller, data) -> {
                        throw new IllegalStateException("broken");
                    }));
    private final TestClient alice = carillon.connect("alice");

    @Test
    void shouldRefuseWith104WhatIsNotRegistered() {
        // When
        alice.sends(call("unknown"), "{\"id\":2,\"rpc\":{}}");

        // Then
        assertThat(alice.received())
                .containsExactly(Say.error(2, 104, "method not found"), Say.error(2, 104, "method not found"));
    }

    @Test
    void shouldAnswerWithWhatTheMethodGives() {
        // When
        alice.sends(call("echo"), call("nothing"));

        // Then
        assertThat(alice.received())
                .containsExactly("{\"id\":2,\"rpc\":{\"data\":[\"alice\",{\"n\": 1.0}]}}", "{\"id\":2,\"rpc\":{}}");
    }

    @Test
    void shouldRefuseAsTheMethodDoes() {
        // When
        alice.sends(call("refuse"), call("break"), call("large"));

        // Then
        assertThat(alice.received())
                .containsExactly(
                        Say.temporary(2, 1000, "not today"),
                        Say.temporary(2, 100, "internal server error"),
                        Say.error(2, 106, "limit exceeded"));
    }

    private static String call(String method) {
        return "{\"id\":2,\"rpc\":{\"method\":\"%s\",\"data\":{\"n\": 1.0}}}".formatted(method);
    }
}
