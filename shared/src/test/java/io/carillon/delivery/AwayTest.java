package io.carillon.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.events.ClientInfo;
import io.carillon.events.Position;
import io.carillon.events.SubscribeOptions;
import org.junit.jupiter.api.Test;

class AwayTest {

    @Test
    void shouldAskAClientToSubscribeAgainWhenItSubscribedItself() {
        assertThat(Away.push("news", subscriber(true)))
                .isEqualTo(
                        "{\"push\":{\"channel\":\"news\",\"unsubscribe\":{\"code\":2500,\"reason\":\"insufficient state\"}}}");
    }

    @Test
    void shouldAskAClientToConnectAgainWhenTheServerSubscribedIt() {
        assertThat(Away.push("news", subscriber(false)))
                .isEqualTo("{\"push\":{\"disconnect\":{\"code\":3010,\"reason\":\"insufficient state\"}}}");
    }

    private static Subscriber subscriber(boolean byItself) {
        SubscribeOptions options = new SubscribeOptions(true, true, false, false, false, false, 0, byItself);
        return new Subscriber("c", 1, ClientInfo.NONE, options, Position.NONE, false, false, 0);
    }
}
