package io.carillon.delivery;

import io.carillon.delivery.Member.Part;
import io.carillon.events.Framing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins the lines of one delivery into frames of at most 128 KB. Subscribers that are sent the same lines share the
 * same bytes.
 */
final class Frames {

    private record Key(int from, int to, boolean joinLeave) {}

    private final Lines lines;
    private final Map<Key, List<byte[]>> shared = new HashMap<>();

    Frames(Lines lines) {
        this.lines = lines;
    }

    /** Gives the frames for one subscriber, in order; none if there is nothing to send. */
    List<byte[]> of(Member member) {
        List<Part> parts = member.parts(lines.size());
        boolean joinLeave = member.subscriber().options().pushJoinLeave();
        if (parts.size() == 1 && parts.getFirst() instanceof Part.Shared(int from, int to)) {
            return shared.computeIfAbsent(new Key(from, to, joinLeave), key -> join(texts(from, to, joinLeave)));
        }
        List<String> texts = new ArrayList<>();
        for (Part part : parts) {
            switch (part) {
                case Part.Own(List<String> own) -> texts.addAll(own);
                case Part.Shared(int from, int to) -> texts.addAll(texts(from, to, joinLeave));
            }
        }
        return join(texts);
    }

    private List<String> texts(int from, int to, boolean joinLeave) {
        List<String> texts = new ArrayList<>(to - from);
        for (Lines.Line line : lines.stretch(from, to)) {
            if (joinLeave || !line.joinLeave()) {
                texts.add(line.text());
            }
        }
        return texts;
    }

    private static List<byte[]> join(List<String> texts) {
        return Framing.join(texts).stream()
                .map(frame -> frame.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
