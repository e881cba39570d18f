package io.carillon.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;

/** Posts unsigned over plain sockets, one request at a time on each, from one thread: the floor for any client. */
final class RawLoop implements PostLoop {

    private final Selector selector;
    private final ByteBuffer request;
    private final ByteBuffer answers = ByteBuffer.allocate(16 * 1024);

    RawLoop(int port, String connection, byte[] frame) throws IOException {
        byte[] head = ("POST /live/@connections/" + connection + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: "
                        + frame.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        request = ByteBuffer.allocate(head.length + frame.length).put(head).put(frame);
        request.flip();
        selector = Selector.open();
        for (int i = 0; i < IN_FLIGHT; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.configureBlocking(false);
            channel.socket().setTcpNoDelay(true);
            channel.register(selector, SelectionKey.OP_READ);
        }
    }

    @Override
    public String name() {
        return "raw HTTP, unsigned";
    }

    @Override
    public long run(Duration time) throws IOException {
        long deadline = System.nanoTime() + time.toNanos();
        int open = 0;
        for (SelectionKey key : selector.keys()) {
            post(key);
            open++;
        }
        long answered = 0;
        while (open > 0) {
            selector.select();
            for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                SelectionKey key = keys.next();
                keys.remove();
                if (!isAnswered(key)) {
                    continue;
                }
                answered++;
                if (System.nanoTime() - deadline < 0) {
                    post(key);
                } else {
                    open--;
                }
            }
        }
        return answered;
    }

    private void post(SelectionKey key) throws IOException {
        ByteBuffer rest = request.duplicate();
        while (rest.hasRemaining()) {
            ((SocketChannel) key.channel()).write(rest);
        }
    }

    /** An answer has no body, so it ends with its head; it is small enough to come as a whole, or its end comes last. */
    private boolean isAnswered(SelectionKey key) throws IOException {
        answers.clear();
        int read = ((SocketChannel) key.channel()).read(answers);
        if (read < 0) {
            throw new EOFException("The server closed a connection");
        }
        return read > 0 && answers.get(read - 1) == '\n';
    }

    @Override
    public void close() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException ignored) {
            // The sockets end with the process.
        }
    }
}
