package io.carillon.delivery;

import io.carillon.delivery.Member.Part;
import io.carillon.events.Framing;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins the lines of one delivery into frames of at most 128 KB. Subscribers that are sent the same lines share the
 * same bytes.
 */
final class Frames {

    private final Lines lines;
    private final Map<Part, List<byte[]>> shared = new HashMap<>();

    Frames(Lines lines) {
        this.lines = lines;
    }

    /** Gives the frames for one subscriber, in order; none if there is nothing to send. */
    List<byte[]> of(Member member) {
        List<Part> parts = member.parts(lines.size());
        if (parts.size() == 1 && parts.getFirst() instanceof Part.Shared) {
            return shared.computeIfAbsent(parts.getFirst(), part -> join(texts(part)));
        }
        return join(parts.stream().flatMap(part -> texts(part).stream()).toList());
    }

    /** When the oldest publication in them was published, in milliseconds since 1970; 0 if there is none. */
    long oldest() {
        return lines.oldest();
    }

    private List<String> texts(Part part) {
        return switch (part) {
            case Part.Own(List<String> own) -> own;
            case Part.Shared(int from, int to, boolean joinLeave) ->
                lines.stretch(from, to).stream()
                        .filter(line -> joinLeave || !line.joinLeave())
                        .map(Lines.Line::text)
                        .toList();
        };
    }

    private static List<byte[]> join(List<String> texts) {
        return Framing.join(texts).stream()
                .map(frame -> frame.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
