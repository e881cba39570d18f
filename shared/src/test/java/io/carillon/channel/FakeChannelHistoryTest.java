package io.carillon.channel;

import io.carillon.fakes.FakeChannelLog;
import io.carillon.fakes.FakeShards;
import java.time.InstantSource;

class FakeChannelHistoryTest extends ChannelHistoryContract {

    @Override
    protected ChannelLog log(InstantSource clock) {
        return new FakeChannelLog(clock, new FakeShards());
    }
}
