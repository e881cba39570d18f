package io.carillon.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;

/**
 * Answers every HTTP request with 200, as @connections does, and as lightly as can be: one thread, nothing looked at but
 * where a request ends. A process of its own, so that its work does not count as the poster's. Prints its port, and ends
 * with its standard input.
 */
public final class AnsweringServer {

    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nx-amzn-RequestId: 5f0c2f5e-3d1c-4b7e-9a53-0e6b1f0c8a11\r\nContent-Length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private record Due(long at, SocketChannel channel) {}

    private final Selector selector;
    private final long delayNanos;
    private final Queue<Due> due = new ArrayDeque<>();

    private AnsweringServer(Selector selector, long delayNanos) {
        this.selector = selector;
        this.delayNanos = delayNanos;
    }

    /** Serves until standard input ends; the argument says after how many milliseconds each request is answered. */
    public static void main(String[] arguments) throws IOException {
        Thread.ofPlatform().daemon().start(AnsweringServer::endWithStandardInput);
        try (Selector selector = Selector.open();
                ServerSocketChannel listening = ServerSocketChannel.open()) {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
            listening.configureBlocking(false);
            listening.register(selector, SelectionKey.OP_ACCEPT);
            System.out.println(((InetSocketAddress) listening.getLocalAddress()).getPort());
            new AnsweringServer(selector, Long.parseLong(arguments[0]) * 1_000_000).serve();
        }
    }

    private static void endWithStandardInput() {
        try {
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException ignored) {
            // As good as its end.
        }
        System.exit(0);
    }

    private void serve() throws IOException {
        while (true) {
            select();
            for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                SelectionKey key = keys.next();
                keys.remove();
                if (key.isAcceptable()) {
                    accept((ServerSocketChannel) key.channel());
                } else {
                    read(key);
                }
            }
            answerDue();
        }
    }

    private void select() throws IOException {
        if (due.isEmpty()) {
            selector.select();
            return;
        }
        long millis = (due.element().at() - System.nanoTime()) / 1_000_000;
        if (millis > 0) {
            selector.select(millis);
        } else {
            selector.selectNow();
        }
    }

    private void accept(ServerSocketChannel listening) throws IOException {
        SocketChannel channel = listening.accept();
        channel.configureBlocking(false);
        channel.socket().setTcpNoDelay(true);
        channel.register(selector, SelectionKey.OP_READ, new RequestEnds());
    }

    private void read(SelectionKey key) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        int requests = 0;
        try {
            requests = ((RequestEnds) key.attachment()).read(channel);
        } catch (IOException ignored) {
            requests = -1;
        }
        if (requests < 0) {
            channel.close();
            return;
        }
        long at = System.nanoTime() + delayNanos;
        for (int i = 0; i < requests; i++) {
            if (delayNanos == 0) {
                answer(channel);
            } else {
                due.add(new Due(at, channel));
            }
        }
    }

    private void answerDue() throws IOException {
        long now = System.nanoTime();
        while (!due.isEmpty() && due.element().at() - now <= 0) {
            answer(due.remove().channel());
        }
    }

    private static void answer(SocketChannel channel) throws IOException {
        ByteBuffer answer = ByteBuffer.wrap(ANSWER);
        while (channel.isOpen() && answer.hasRemaining()) {
            channel.write(answer);
        }
    }
}
