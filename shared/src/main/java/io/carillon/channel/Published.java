package io.carillon.channel;

import io.carillon.events.Position;
import io.carillon.events.Publication;
import io.carillon.events.RawJson;
import java.util.Optional;

/**
 * What became of a publish call.
 *
 * @param position where the publication stands; {@link Position#NONE} where there is no history
 * @param standing what subscribers get: that of the first call, if this one repeats it under its idempotency key; empty if
 *     it is a repeat of what nobody remembers any more
 */
public record Published(Position position, Optional<Publication> standing) {

    static Published as(Position position, Publication publication) {
        return new Published(position, Optional.of(publication));
    }

    /** Gives what stands, if it says the same as the call did: a key that is used again publishes nothing else. */
    public Optional<Publication> saying(RawJson data) {
        return standing.filter(publication -> publication.data().equals(data));
    }
}
