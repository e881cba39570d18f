package io.carillon.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private static final int KIB = 1024;

    private final FakeFunction disconnect = FakeFunction.ok();
    private LocalGateway gateway;

    @AfterEach
    void stop() {
        gateway.close();
    }

    private RawClient client(FakeFunction message) throws IOException {
        return client(message, GatewaySettings.defaults());
    }

    private RawClient client(FakeFunction message, GatewaySettings settings) throws IOException {
        gateway = LocalGateway.start(
                settings, WebSocketRoutes.of(FakeFunction.ok(), message, disconnect), FakeFunction.ok());
        return RawClient.connect(gateway);
    }

    private static byte[] text(int bytes) {
        return "x".repeat(bytes).getBytes(StandardCharsets.US_ASCII);
    }

    private int disconnectCode() throws InterruptedException {
        return disconnect
                .event()
                .get("requestContext")
                .get("disconnectStatusCode")
                .asInt();
    }

    @Test
    void shouldTakeAFrameOfExactly32KiB() throws Exception {
        // Given
        FakeFunction message = FakeFunction.ok();
        try (RawClient client = client(message)) {
            // When
            client.send(RawClient.TEXT, true, text(32 * KIB));

            // Then
            assertThat(message.event().get("body").asText()).hasSize(32 * KIB);
        }
    }

    @Test
    void shouldClose1009WhenFrameExceeds32KiB() throws Exception {
        // Given
        FakeFunction message = FakeFunction.ok();
        try (RawClient client = client(message)) {
            // When
            client.send(RawClient.TEXT, true, text(32 * KIB + 1));

            // Then
            assertThat(client.read().closeCode()).isEqualTo(1009);
            assertThat(disconnectCode()).isEqualTo(1009);
            assertThat(message.waiting()).isZero();
        }
    }

    @Test
    void shouldTakeAMessageOf128KiBInFrames() throws Exception {
        // Given
        FakeFunction message = FakeFunction.ok();
        try (RawClient client = client(message)) {
            // When
            client.send(RawClient.TEXT, false, text(32 * KIB));
            client.send(RawClient.CONTINUATION, false, text(32 * KIB));
            client.send(RawClient.CONTINUATION, false, text(32 * KIB));
            client.send(RawClient.CONTINUATION, true, text(32 * KIB));

            // Then
            assertThat(message.event().get("body").asText()).hasSize(128 * KIB);
        }
    }

    @Test
    void shouldClose1009WhenMessageExceeds128KiB() throws Exception {
        // Given
        try (RawClient client = client(FakeFunction.ok())) {
            // When
            for (int frame = 0; frame < 4; frame++) {
                client.send(frame == 0 ? RawClient.TEXT : RawClient.CONTINUATION, false, text(32 * KIB));
            }
            client.send(RawClient.CONTINUATION, true, text(1));

            // Then
            assertThat(client.read().closeCode()).isEqualTo(1009);
            assertThat(disconnectCode()).isEqualTo(1009);
        }
    }

    @Test
    void shouldPutACharacterTogetherThatTwoFramesShare() throws Exception {
        // Given
        FakeFunction message = FakeFunction.ok();
        byte[] umlaut = "ü".getBytes(StandardCharsets.UTF_8);
        try (RawClient client = client(message)) {
            // When
            client.send(RawClient.TEXT, false, new byte[] {umlaut[0]});
            client.send(RawClient.CONTINUATION, true, new byte[] {umlaut[1]});

            // Then
            assertThat(message.event().get("body").asText()).isEqualTo("ü");
        }
    }

    @Test
    void shouldClose1003OnABinaryFrame() throws Exception {
        // Given
        try (RawClient client = client(FakeFunction.ok())) {
            // When
            client.send(RawClient.BINARY, true, new byte[] {1, 2, 3});

            // Then
            assertThat(client.read().closeCode()).isEqualTo(1003);
            assertThat(disconnectCode()).isEqualTo(1003);
        }
    }

    @Test
    void shouldClose1007OnBytesThatAreNoText() throws Exception {
        // Given
        try (RawClient client = client(FakeFunction.ok())) {
            // When
            client.send(RawClient.TEXT, true, new byte[] {(byte) 0xff, (byte) 0xfe});

            // Then
            assertThat(client.read().closeCode()).isEqualTo(1007);
        }
    }

    @Test
    void shouldAnswerAPingWithItsPayload() throws Exception {
        // Given
        try (RawClient client = client(FakeFunction.ok())) {
            // When
            client.send(RawClient.PING, true, text(5));

            // Then
            RawClient.Frame pong = client.read();
            assertThat(pong.opcode()).isEqualTo(RawClient.PONG);
            assertThat(pong.text()).isEqualTo("xxxxx");
        }
    }

    @Test
    void shouldSendALargeAnswerInFramesOfAtMost32KiB() throws Exception {
        // Given
        try (RawClient client = client(FakeFunction.answering(FakeFunction.reply("x".repeat(100 * KIB))))) {
            // When
            client.sendText("{}");

            // Then
            int total = 0;
            boolean last = false;
            for (int expected = RawClient.TEXT; !last; expected = RawClient.CONTINUATION) {
                RawClient.Frame frame = client.read();
                assertThat(frame.opcode()).isEqualTo(expected);
                assertThat(frame.payload()).hasSizeLessThanOrEqualTo(32 * KIB);
                total += frame.payload().length;
                last = frame.last();
            }
            assertThat(total).isEqualTo(100 * KIB);
        }
    }

    @Test
    void shouldClose1001WhenNothingWasSentForTheIdleTime() throws Exception {
        // Given
        try (RawClient client =
                client(FakeFunction.ok(), GatewaySettings.defaults().withIdleTimeout(Duration.ofMillis(50)))) {
            // When
            RawClient.Frame close = client.read();

            // Then
            assertThat(close.closeCode()).isEqualTo(1001);
            assertThat(close.closeReason()).isEqualTo("Going away");
            assertThat(disconnectCode()).isEqualTo(1001);
        }
    }

    @Test
    void shouldClose1001AtTheEndOfTheLifetimeThoughMessagesFlow() throws Exception {
        // Given
        try (RawClient client =
                client(FakeFunction.echo(), GatewaySettings.defaults().withLifetime(Duration.ofMillis(100)))) {
            // When
            RawClient.Frame frame;
            do {
                client.sendText("still here");
                frame = client.read();
            } while (frame.opcode() == RawClient.TEXT);

            // Then
            assertThat(frame.closeCode()).isEqualTo(1001);
        }
    }
}
