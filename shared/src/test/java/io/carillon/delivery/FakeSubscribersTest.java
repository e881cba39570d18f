package io.carillon.delivery;

import io.carillon.fakes.FakeSubscribers;
import java.time.InstantSource;

class FakeSubscribersTest extends SubscribersContract {

    @Override
    protected Subscribers subscribers(InstantSource clock) {
        return new FakeSubscribers(clock);
    }
}
