package io.carillon.events;

import java.util.ArrayList;
import java.util.List;

/** Joins lines into frames that API Gateway passes on. */
public final class Framing {

    /** Largest message that API Gateway passes on, in bytes of UTF-8. Source: quotas of API Gateway WebSocket APIs. */
    public static final int MAX_MESSAGE = 128 * 1024;

    private Framing() {}

    /**
     * Joins lines with line breaks, starting a new frame where the next line would not fit. Gives no empty frame: an
     * empty one makes older client libraries fail.
     */
    public static List<String> join(List<String> lines) {
        List<String> frames = new ArrayList<>(1);
        StringBuilder frame = new StringBuilder();
        int size = 0;
        for (String line : lines) {
            int length = utf8Length(line);
            if (size > 0 && size + 1 + length > MAX_MESSAGE) {
                frames.add(frame.toString());
                frame.setLength(0);
                size = 0;
            }
            if (size > 0) {
                frame.append('\n');
                size++;
            }
            frame.append(line);
            size += length;
        }
        if (size > 0) {
            frames.add(frame.toString());
        }
        return frames;
    }

    /** Counts the bytes of a text in UTF-8 without encoding it. */
    public static int utf8Length(String text) {
        int length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x800 && !Character.isSurrogate(c)) {
                length += 2;
            } else if (c >= 0x80) {
                // Each half of a surrogate pair stands for two of the pair's four bytes.
                length += 1;
            }
        }
        return length;
    }

    /** Counts how many publications, from the first on, can be written one after another in so many bytes. */
    public static int fitting(List<Publication> publications, int room) {
        int used = 0;
        for (int i = 0; i < publications.size(); i++) {
            used += utf8Length(FrameWriter.publication(publications.get(i))) + 1;
            if (used > room) {
                return i;
            }
        }
        return publications.size();
    }
}
