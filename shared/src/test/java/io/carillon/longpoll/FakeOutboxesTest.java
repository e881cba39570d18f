package io.carillon.longpoll;

import io.carillon.fakes.FakeOutboxes;
import java.time.InstantSource;

class FakeOutboxesTest extends OutboxesContract {

    @Override
    protected Outboxes outboxes(InstantSource time) {
        return new FakeOutboxes(time);
    }
}
