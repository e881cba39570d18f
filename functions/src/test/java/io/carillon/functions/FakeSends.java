package io.carillon.functions;

import io.carillon.push.Page;
import io.carillon.push.Sends;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers in memory, for ever and without limits, who has got what. Safe for use by several threads. */
final class FakeSends implements Sends {

    private static final String UNUSED = "Nothing is limited, listed or taken back while a plain job is carried out";

    /** What is claimed and has no end yet is empty. */
    private final Map<String, Optional<Delivery>> sends = new HashMap<>();

    private static String key(String uid, String recipient) {
        return uid + " " + recipient;
    }

    @Override
    public synchronized Claim claim(String uid, String recipient) {
        String key = key(uid, recipient);
        boolean isClaimed = sends.containsKey(key);
        Optional<Delivery> end = end(uid, recipient);
        if (end.isPresent() && end.get().status() != Status.FAILED) {
            return Claim.DONE;
        }
        sends.put(key, Optional.empty());
        return isClaimed && end.isEmpty() ? Claim.BUSY : Claim.TAKEN;
    }

    @Override
    public synchronized void release(String uid, String recipient) {
        sends.remove(key(uid, recipient));
    }

    @Override
    public synchronized void settle(String uid, Delivery delivery) {
        sends.put(key(uid, delivery.recipient()), Optional.of(delivery));
    }

    @Override
    public synchronized void fail(String uid, String recipient, String detail) {
        if (end(uid, recipient).isEmpty()) {
            settle(uid, new Delivery(recipient, Status.FAILED, detail));
        }
    }

    /** What became of a notification for one recipient; empty if it has no end. */
    synchronized Optional<Delivery> end(String uid, String recipient) {
        return sends.getOrDefault(key(uid, recipient), Optional.empty());
    }

    @Override
    public Page<Delivery> of(String uid, String since, int limit) {
        throw new UnsupportedOperationException(UNUSED);
    }

    @Override
    public boolean isCancelled(String uid) {
        return false;
    }

    @Override
    public boolean note(String uid, Delivery delivery) {
        throw new UnsupportedOperationException(UNUSED);
    }

    @Override
    public void cancel(String uid) {
        throw new UnsupportedOperationException(UNUSED);
    }

    @Override
    public boolean allows(String device, int perMinute) {
        throw new UnsupportedOperationException(UNUSED);
    }

    @Override
    public void giveBack(String device) {
        throw new UnsupportedOperationException(UNUSED);
    }

    @Override
    public void giveBack(String counted, Duration interval) {
        throw new UnsupportedOperationException(UNUSED);
    }

    @Override
    public boolean allows(String counted, Duration interval, int most) {
        throw new UnsupportedOperationException(UNUSED);
    }
}
