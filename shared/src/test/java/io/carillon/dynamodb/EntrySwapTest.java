package io.carillon.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.connection.Connections.Change;
import io.carillon.connection.Entry;
import io.carillon.connection.EntryLimit;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** DynamoDB Local takes longer expressions than DynamoDB does. */
class EntrySwapTest {

    private static final Entry ENTRY =
            new Entry(1_900_000_000_000L, 7, 2, Entry.State.ACTIVE, Entry.Source.SERVER, true, 900);

    private final EntrySwap swap = new EntrySwap("mark", 1, EntryLimit.NONE);

    @Test
    void shouldHoldAFrameOfNewChannelsInFewCalls() {
        // When
        int count = fill(swap, Optional.empty());

        // Then
        assertThat(count).isBetween(100, 127);
        requireFits(swap.request().build());
    }

    @Test
    void shouldKeepWithinTheLimitsWhenItReplacesAndForgets() {
        // Given
        swap.forget(left(50), Set.of());

        // When
        int count = fill(swap, Optional.of(ENTRY));

        // Then
        assertThat(count).isPositive();
        requireFits(swap.request().build());
    }

    @Test
    void shouldKeepWithinTheLimitsWhenItForgetsAndSparesAllThatItMay() {
        // Given
        EntrySwap limited = new EntrySwap("mark", 1, new EntryLimit(128, left(EntryLimit.MOST_SPARED)));
        limited.forget(left(50), Set.of());

        // When
        int count = fill(limited, Optional.of(ENTRY));

        // Then
        assertThat(count).isPositive();
        requireFits(limited.request().build());
    }

    private static Set<String> left(int count) {
        return IntStream.range(0, count).mapToObj(n -> "left" + n).collect(Collectors.toSet());
    }

    private static int fill(EntrySwap swap, Optional<Entry> before) {
        int count = 0;
        while (swap.hasRoomFor(new Change("channel" + count, before, ENTRY))) {
            swap.add(new Change("channel" + count, before, ENTRY));
            count++;
        }
        return count;
    }

    private static void requireFits(UpdateItemRequest request) {
        String condition = request.conditionExpression();
        assertThat(condition.length()).isLessThanOrEqualTo(4096);
        assertThat(request.updateExpression().length()).isLessThanOrEqualTo(4096);
        assertThat(condition.split("AND|OR|<?=|>|attribute_not_exists|size").length)
                .isLessThanOrEqualTo(300);
    }
}
