package io.carillon.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.local.Await;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.OutgoingEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientConnectionTest {

    private static final long IDLE = Duration.ofMinutes(10).toNanos();
    private static final long LIFETIME = Duration.ofHours(2).toNanos();
    private static final int BOUND = 100;

    private final Ends ends = new Ends();
    private final StalledSession session = new StalledSession();
    private final ClientConnection connection =
            new ClientConnection(new Client("L0SM9cOFvHcCIhw=", "local", "local", "host", "127.0.0.1", "", 0), ends);

    @BeforeEach
    void open() {
        connection.onOpen(session, Callback.NOOP);
    }

    private static byte[] bytes(int count) {
        return new byte[count];
    }

    @Test
    void shouldTakeMessagesUpToTheBoundAndAgainWhenTheyWereWritten() {
        assertThat(connection.send(bytes(60), BOUND)).isEqualTo(ClientConnection.Sent.QUEUED);
        assertThat(connection.send(bytes(40), BOUND)).isEqualTo(ClientConnection.Sent.QUEUED);
        assertThat(connection.send(bytes(1), BOUND)).isEqualTo(ClientConnection.Sent.BUFFER_FULL);

        session.written.remove().succeeded();
        assertThat(connection.send(bytes(60), BOUND)).isEqualTo(ClientConnection.Sent.QUEUED);
        assertThat(connection.send(bytes(1), BOUND)).isEqualTo(ClientConnection.Sent.BUFFER_FULL);
    }

    @Test
    void shouldTakeAMessageLargerThanTheBoundWhenNothingWaits() {
        assertThat(connection.send(bytes(BOUND + 1), BOUND)).isEqualTo(ClientConnection.Sent.QUEUED);
    }

    @Test
    void shouldFreeTheRoomOfAMessageThatCouldNotBeWritten() {
        // Given
        connection.send(bytes(BOUND), BOUND);

        // When
        session.written.remove().failed(new IllegalStateException("broken pipe"));

        // Then
        assertThat(connection.send(bytes(BOUND), BOUND)).isEqualTo(ClientConnection.Sent.QUEUED);
    }

    @Test
    void shouldTakeNothingOnceItEnded() {
        connection.close(Closing.DELETED);

        assertThat(connection.send(bytes(1), BOUND)).isEqualTo(ClientConnection.Sent.GONE);
    }

    @Test
    void shouldEndOnlyOnce() {
        connection.close(Closing.DELETED);
        connection.close(Closing.GOING_AWAY);
        connection.cut();

        assertThat(ends.closings).containsExactly(Closing.DELETED);
    }

    @Test
    void shouldGoAwayWhenIdleForTheWholeTime() {
        long opened = System.nanoTime();

        connection.sweep(opened + IDLE + 1, IDLE, LIFETIME, 0);

        assertThat(ends.closings).containsExactly(Closing.GOING_AWAY);
    }

    @Test
    void shouldStayWhenAMessageWasSentToTheClientMeanwhile() {
        // Given a message so late that the idle time, counted from the opening, is over before that of the message
        long opened = System.nanoTime();
        Await.until("the clock's next tick", () -> System.nanoTime() > opened + 1_000_000);
        long sent = System.nanoTime();
        connection.send(bytes(1), BOUND);

        // Then
        connection.sweep(sent + IDLE, IDLE, LIFETIME, 0);
        assertThat(ends.closings).isEmpty();
    }

    @Test
    void shouldStayWhenAMessageCameFromTheClientMeanwhile() {
        // Given
        long opened = System.nanoTime();
        Await.until("the clock's next tick", () -> System.nanoTime() > opened + 1_000_000);
        long received = System.nanoTime();
        connection.onFrame(new Frame(OpCode.TEXT, true, "hello"), Callback.NOOP);

        // Then
        connection.sweep(received + IDLE, IDLE, LIFETIME, 0);
        assertThat(ends.closings).isEmpty();
        assertThat(ends.texts).containsExactly("hello");
    }

    @Test
    void shouldGoAwayAtTheEndOfItsLifetime() {
        long opened = System.nanoTime();

        connection.sweep(opened + LIFETIME + 1, Long.MAX_VALUE, LIFETIME, 0);

        assertThat(ends.closings).containsExactly(Closing.GOING_AWAY);
    }

    @Test
    void shouldNotCountAPingAsAMessage() {
        connection.onFrame(new Frame(OpCode.PING, true, "p"), Callback.NOOP);

        assertThat(ends.texts).isEmpty();
        assertThat(session.sent).containsExactly(OpCode.PONG);
    }

    @Test
    void shouldCloseAfterTheMessagesThatAreStillDelayed() {
        // Given
        connection.send(bytes(1), BOUND, Duration.ofMillis(200));

        // When
        connection.close(Closing.DELETED);

        // Then
        assertThat(connection.send(bytes(1), BOUND)).isEqualTo(ClientConnection.Sent.GONE);
        Await.until("the message and the close were sent", () -> session.closedAfter >= 0);
        assertThat(session.sent).containsExactly(OpCode.TEXT);
        assertThat(session.closedAfter).isEqualTo(1);
    }

    private static final class Ends implements ClientConnection.Listener {

        private final List<Closing> closings = new ArrayList<>();
        private final List<String> texts = new ArrayList<>();

        @Override
        public void opened(ClientConnection connection) {
            // Nothing to keep.
        }

        @Override
        public void received(ClientConnection connection, long number, String text) {
            texts.add(text);
        }

        @Override
        public void ended(ClientConnection connection, Closing closing) {
            closings.add(closing);
        }

        @Override
        public void closed(ClientConnection connection) {
            // Nothing to keep.
        }
    }

    /** A session to a client that does not read: what is sent stays unwritten until the test says otherwise. */
    private static final class StalledSession extends CoreSession.Empty {

        private final Queue<Callback> written = new ArrayDeque<>();
        private final List<Byte> sent = new CopyOnWriteArrayList<>();

        /** How many frames had been sent when the close was asked for; -1 until then. */
        private volatile int closedAfter = -1;

        @Override
        public void close(int statusCode, String reason, Callback callback) {
            closedAfter = sent.size();
            callback.succeeded();
        }

        @Override
        public void sendFrame(OutgoingEntry entry) {
            sent.add(entry.getFrame().getOpCode());
            written.add(entry.getCallback());
        }
    }
}
