package io.carillon.sqs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Up to ten mailboxes whose messages travel together, call by call. A call never holds two messages of one mailbox: SQS
 * may refuse the first and take the second.
 *
 * @param calls what each call sends, in order
 */
record Lane(List<List<Envelope>> calls) {

    /** Limits of SendMessageBatch. */
    static final int MAX_ENTRIES = 10;

    static final int MAX_BYTES = 1024 * 1024;

    /** Spreads messages over lanes, so that each mailbox's are in one lane, in their order. */
    static List<Lane> sort(Collection<Envelope> envelopes) {
        Map<String, List<Envelope>> groups = new LinkedHashMap<>();
        envelopes.forEach(envelope -> groups.computeIfAbsent(envelope.group(), group -> new ArrayList<>())
                .add(envelope));
        List<List<Envelope>> mailboxes = List.copyOf(groups.values());
        List<Lane> lanes = new ArrayList<>();
        for (int from = 0; from < mailboxes.size(); from += MAX_ENTRIES) {
            lanes.add(of(mailboxes.subList(from, Math.min(from + MAX_ENTRIES, mailboxes.size()))));
        }
        return lanes;
    }

    private static Lane of(List<List<Envelope>> mailboxes) {
        int rounds = mailboxes.stream().mapToInt(List::size).max().orElse(0);
        List<List<Envelope>> calls = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            int place = round;
            calls.addAll(split(mailboxes.stream()
                    .filter(mailbox -> mailbox.size() > place)
                    .map(mailbox -> mailbox.get(place))
                    .toList()));
        }
        return new Lane(calls);
    }

    private static List<List<Envelope>> split(List<Envelope> round) {
        List<List<Envelope>> calls = new ArrayList<>();
        int start = 0;
        long bytes = 0;
        for (int i = 0; i < round.size(); i++) {
            bytes += round.get(i).size();
            if (bytes > MAX_BYTES && i > start) {
                calls.add(round.subList(start, i));
                start = i;
                bytes = round.get(i).size();
            }
        }
        calls.add(round.subList(start, round.size()));
        return calls;
    }
}
