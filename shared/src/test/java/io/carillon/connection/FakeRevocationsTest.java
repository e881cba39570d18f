package io.carillon.connection;

import io.carillon.fakes.FakeConnections;
import java.time.InstantSource;

class FakeRevocationsTest extends RevocationsContract {

    @Override
    protected Connections connections(InstantSource clock) {
        return new FakeConnections(clock);
    }
}
