package io.carillon.local.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;

/**
 * One client's WebSocket. Puts its frames together to messages, queues what is sent to it up to a bound, and ends once.
 *
 * <p>Nothing here blocks: a client that does not read costs its queue, not a thread. Safe for use by several threads.
 */
final class ClientConnection implements FrameHandler {

    /** Hears what happens on connections. Must not block. */
    interface Listener {

        void opened(ClientConnection connection);

        void received(ClientConnection connection, long number, String text);

        /** The connection takes and gives no messages from now on; called once. */
        void ended(ClientConnection connection, Closing closing);

        /** The socket is gone too. */
        void closed(ClientConnection connection);
    }

    /** What became of a message to the client. */
    enum Sent {
        QUEUED,
        BUFFER_FULL,
        GONE
    }

    private static final ByteArrayOutputStream NO_FRAGMENTS = new ByteArrayOutputStream(0);

    private final Client client;
    private final Listener listener;
    private final Outbox outbox = new Outbox();
    private final AtomicInteger queuedBytes = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<Runnable> held = new ArrayList<>();

    private volatile CoreSession session;
    private volatile long openedNanos = System.nanoTime();
    private volatile long activeNanos = openedNanos;
    private volatile long endedNanos;
    private boolean stalled;
    private long received;
    private ByteArrayOutputStream fragments = NO_FRAGMENTS;

    ClientConnection(Client client, Listener listener) {
        this.client = client;
        this.listener = listener;
    }

    Client client() {
        return client;
    }

    String id() {
        return client.connectionId();
    }

    /** For how long the connection has been open, or was when it ended. */
    Duration openFor() {
        return Duration.ofNanos((ended.get() ? endedNanos : System.nanoTime()) - openedNanos);
    }

    /** When the connection last carried a message in either direction, in milliseconds since 1970. */
    long lastActiveAt() {
        return System.currentTimeMillis() - (System.nanoTime() - activeNanos) / 1_000_000;
    }

    /**
     * Queues a text message, in frames no larger than API Gateway's. The bytes must be UTF-8 and must not change later.
     *
     * @param bound bytes that may wait at most, this message included, unless nothing else waits
     */
    Sent send(byte[] message, int bound) {
        return send(message, bound, Duration.ZERO);
    }

    /** Queues a text message that goes out after a delay, and after what was queued before. */
    Sent send(byte[] message, int bound, Duration delay) {
        if (ended.get()) {
            return Sent.GONE;
        }
        int before = queuedBytes.getAndAdd(message.length);
        if (before > 0 && before + message.length > bound) {
            queuedBytes.addAndGet(-message.length);
            return Sent.BUFFER_FULL;
        }
        activeNanos = System.nanoTime();
        Callback written = Callback.from(
                () -> queuedBytes.addAndGet(-message.length), failure -> queuedBytes.addAndGet(-message.length));
        outbox.put(() -> enqueue(message, written), delay);
        return Sent.QUEUED;
    }

    /** Synchronized, because no other data frame may come between the frames of one message. */
    private synchronized void enqueue(byte[] message, Callback written) {
        if (stalled) {
            held.add(() -> enqueue(message, written));
            return;
        }
        if (message.length <= GatewaySettings.MAX_FRAME) {
            session.sendFrame(new Frame(OpCode.TEXT, true, ByteBuffer.wrap(message)), written, false);
            return;
        }
        for (int start = 0; start < message.length; start += GatewaySettings.MAX_FRAME) {
            int length = Math.min(GatewaySettings.MAX_FRAME, message.length - start);
            boolean last = start + length == message.length;
            Frame frame = new Frame(
                    start == 0 ? OpCode.TEXT : OpCode.CONTINUATION, last, ByteBuffer.wrap(message, start, length));
            session.sendFrame(frame, last ? written : Callback.NOOP, false);
        }
    }

    /** Keeps what is sent in the queue, or lets all of it go in its order. */
    synchronized void stall(boolean stop) {
        stalled = stop;
        if (!stop) {
            held.forEach(Runnable::run);
            held.clear();
        }
    }

    /** Makes the connection older, and longer idle. */
    void age(Duration by) {
        openedNanos -= by.toNanos();
        activeNanos -= by.toNanos();
    }

    /** Ends the connection from this side with a close frame. */
    void close(Closing closing) {
        if (end(closing)) {
            outbox.put(() -> session.close(closing.code(), closing.reason(), Callback.NOOP), Duration.ZERO);
        }
    }

    /** Ends the connection by closing its socket, with no close frame. */
    void cut() {
        end(Closing.CUT);
        session.abort();
    }

    /** Ends a connection whose upgrade did not reach the client any more. */
    void neverOpened() {
        end(Closing.CUT);
    }

    private boolean end(Closing closing) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        endedNanos = System.nanoTime();
        listener.ended(this, closing);
        return true;
    }

    /** Ends what is idle or too old; drops the socket of a client that does not answer the close frame in time. */
    void sweep(long now, long idleNanos, long lifetimeNanos, long closeNanos) {
        if (ended.get()) {
            if (now - endedNanos > closeNanos) {
                session.abort();
            }
        } else if (now - activeNanos > idleNanos || now - openedNanos > lifetimeNanos) {
            close(Closing.GOING_AWAY);
        }
    }

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
        session = opened;
        listener.opened(this);
        callback.succeeded();
        opened.demand();
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        switch (frame.getOpCode()) {
            case OpCode.TEXT, OpCode.CONTINUATION -> onText(frame);
            case OpCode.BINARY -> close(Closing.BINARY);
            case OpCode.PING -> pong(frame);
            case OpCode.CLOSE -> end(closingOf(CloseStatus.getCloseStatus(frame)));
            default -> {
                // A pong asks for nothing.
            }
        }
        callback.succeeded();
        if (frame.getOpCode() != OpCode.CLOSE) {
            session.demand();
        }
    }

    private void pong(Frame ping) {
        ByteBuffer payload = ByteBuffer.wrap(BufferUtil.toArray(ping.getPayload()));
        session.sendFrame(new Frame(OpCode.PONG, true, payload), Callback.NOOP, false);
    }

    private void onText(Frame frame) {
        if (ended.get()) {
            return;
        }
        activeNanos = System.nanoTime();
        if (fragments.size() + frame.getPayloadLength() > GatewaySettings.MAX_MESSAGE) {
            fragments = NO_FRAGMENTS;
            close(Closing.TOO_BIG);
            return;
        }
        if (frame.isFin() && frame.getOpCode() == OpCode.TEXT) {
            message(frame.getPayload());
            return;
        }
        if (frame.getOpCode() == OpCode.TEXT) {
            fragments = new ByteArrayOutputStream(2 * frame.getPayloadLength());
        }
        fragments.writeBytes(BufferUtil.toArray(frame.getPayload()));
        if (frame.isFin()) {
            ByteBuffer whole = ByteBuffer.wrap(fragments.toByteArray());
            fragments = NO_FRAGMENTS;
            message(whole);
        }
    }

    private void message(ByteBuffer bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            close(Closing.BAD_TEXT);
            return;
        }
        received++;
        listener.received(this, received, text);
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        end(closingOf(status));
        listener.closed(this);
        callback.succeeded();
    }

    private static Closing closingOf(CloseStatus status) {
        if (status == null || status.getCode() == CloseStatus.NO_CODE) {
            return Closing.NO_CODE;
        }
        if (status.getCode() == CloseStatus.NO_CLOSE) {
            return Closing.CUT;
        }
        return new Closing(status.getCode(), status.getReason() == null ? "" : status.getReason());
    }
}
