package io.carillon.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Finds where the requests of one HTTP/1.1 connection end: after the head, and the body that it announces. */
final class RequestEnds {

    private static final String LENGTH = "\r\ncontent-length:";
    private static final int LARGEST = 16 * 1024;

    private final ByteBuffer buffer = ByteBuffer.allocate(LARGEST);

    /** Reads what has come, and counts the requests that are complete with it; -1 when the client has gone. */
    int read(ReadableByteChannel channel) throws IOException {
        if (channel.read(buffer) < 0) {
            return -1;
        }
        buffer.flip();
        int requests = 0;
        for (int end = end(); end > 0; end = end()) {
            buffer.position(buffer.position() + end);
            requests++;
        }
        buffer.compact();
        if (!buffer.hasRemaining()) {
            throw new IOException("A request of more than " + buffer.capacity() + " bytes");
        }
        return requests;
    }

    /** Gives the length of the first request in the buffer, or 0 if it is not complete. */
    private int end() {
        byte[] bytes = buffer.array();
        for (int i = buffer.position() + 3; i < buffer.limit(); i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
                int head = i + 1 - buffer.position();
                int whole = head + body(new String(bytes, buffer.position(), head, StandardCharsets.ISO_8859_1));
                return whole <= buffer.remaining() ? whole : 0;
            }
        }
        return 0;
    }

    private static int body(String head) {
        String lower = head.toLowerCase(Locale.ROOT);
        int at = lower.indexOf(LENGTH);
        if (at < 0) {
            return 0;
        }
        int from = at + LENGTH.length();
        return Integer.parseInt(lower.substring(from, lower.indexOf('\r', from)).strip());
    }
}
