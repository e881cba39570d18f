package io.carillon.delivery;

import io.carillon.fakes.FakeShards;
import java.time.InstantSource;

class FakeShardsTest extends ShardsContract {

    @Override
    protected Shards shards(InstantSource clock) {
        return new FakeShards();
    }
}
