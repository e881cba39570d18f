package io.carillon.dynamodb;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Says when rows expire, in whole seconds since 1970 as DynamoDB's TTL wants them: never early, at most a second late.
 * DynamoDB deletes an expired row within days, so every reader asks here.
 */
record Expiry(InstantSource clock) {

    long now() {
        return clock.instant().getEpochSecond();
    }

    long after(Duration duration) {
        Instant end = clock.instant().plus(duration);
        return end.getNano() == 0 ? end.getEpochSecond() : end.getEpochSecond() + 1;
    }

    /** Whether a row's {@code ttl} has passed; a row without one stays. */
    boolean isPast(Map<String, AttributeValue> item) {
        return item.containsKey(Tables.TTL) && Items.number(item, Tables.TTL) <= now();
    }
}
