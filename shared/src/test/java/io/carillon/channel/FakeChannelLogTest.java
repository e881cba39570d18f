package io.carillon.channel;

import io.carillon.delivery.Shards;
import io.carillon.fakes.FakeChannelLog;
import io.carillon.fakes.FakeShards;
import java.time.InstantSource;

class FakeChannelLogTest extends ChannelLogContract {

    private final FakeShards shards = new FakeShards();

    @Override
    protected ChannelLog log(InstantSource clock) {
        return new FakeChannelLog(clock, shards);
    }

    @Override
    protected Shards shards() {
        return shards;
    }
}
