package io.carillon.fakes;

import io.carillon.connection.Revocations;
import io.carillon.connection.Standing;
import io.carillon.connection.TokenStamp;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps revocations in memory. */
final class FakeRevocations implements Revocations {

    private final FakeConnections connections;
    private final Map<String, Long> blocked = new ConcurrentHashMap<>();
    private final Map<String, Long> revoked = new ConcurrentHashMap<>();
    private final Map<String, Invalidated> invalidated = new ConcurrentHashMap<>();

    FakeRevocations(FakeConnections connections) {
        this.connections = connections;
    }

    private record Invalidated(long issuedBefore, long expireAt) {}

    @Override
    public void block(String user, long expireAt) {
        blocked.put(user, expireAt);
    }

    @Override
    public void unblock(String user) {
        blocked.remove(user);
    }

    @Override
    public void revoke(String tokenId, long expireAt) {
        revoked.put(tokenId, expireAt);
    }

    @Override
    public void invalidate(String user, long issuedBefore, long expireAt) {
        invalidated.merge(
                user,
                new Invalidated(issuedBefore, expireAt),
                (old, young) -> isOver(old.expireAt()) || old.issuedBefore() <= issuedBefore ? young : old);
    }

    @Override
    public Standing of(String user, TokenStamp token) {
        if (blocked.containsKey(user) && !isOver(blocked.get(user))) {
            return Standing.BLOCKED;
        }
        Invalidated before = invalidated.getOrDefault(user, new Invalidated(0, 0));
        boolean isOld = !isOver(before.expireAt()) && token.issuedAt() < before.issuedBefore();
        boolean isRevoked = revoked.containsKey(token.id()) && !isOver(revoked.get(token.id()));
        return isOld || isRevoked ? Standing.REVOKED : Standing.GOOD;
    }

    @Override
    public Arrival arrive(String connection, String user, TokenStamp token) {
        return new Arrival(connections.find(connection), of(user, token));
    }

    @Override
    public Duration lag() {
        return Duration.ZERO;
    }

    private boolean isOver(long expireAt) {
        return expireAt > 0 && expireAt <= connections.clock().millis() / 1000;
    }
}
