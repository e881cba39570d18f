package io.carillon.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.connection.Connections.Change;
import io.carillon.connection.Entry;
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

    private final EntrySwap swap = new EntrySwap("mark", 1);

    @Test
    void shouldHoldAFrameOfNewChannelsInFewCalls() {
        // When
        int count = fill(Optional.empty());

        // Then
        assertThat(count).isBetween(100, 127);
        requireFits(swap.request().build());
    }

    @Test
    void shouldKeepWithinTheLimitsWhenItReplacesAndForgets() {
        // Given
        swap.forget(IntStream.range(0, 50).mapToObj(n -> "left" + n).collect(Collectors.toSet()), Set.of());

        // When
        int count = fill(Optional.of(ENTRY));

        // Then
        assertThat(count).isPositive();
        requireFits(swap.request().build());
    }

    private int fill(Optional<Entry> before) {
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
        assertThat(condition.split("AND|OR|=|>|attribute_not_exists").length).isLessThanOrEqualTo(300);
    }
}
