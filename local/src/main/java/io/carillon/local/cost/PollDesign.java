package io.carillon.local.cost;

import io.carillon.local.client.PollPace;
import io.carillon.local.cost.HeldPoll.Hold;
import io.carillon.local.lambda.LambdaFunction;
import io.carillon.local.latency.Wait;
import java.time.Duration;

/** Who waits for what comes to a long-poll client. */
enum PollDesign {

    /** Lambda holds each request, and the client asks again as soon as it is answered. */
    HELD("A: Lambda holds") {
        @Override
        LambdaFunction serve(LambdaFunction deployed, Hold hold) {
            return new HeldPoll(deployed, hold, Wait.REAL);
        }

        @Override
        Duration pause(PollPace pace) {
            return Duration.ZERO;
        }
    },

    /** Nothing is held, and the client waits before it asks again: what is deployed. */
    ASKED("B: the client asks") {
        @Override
        LambdaFunction serve(LambdaFunction deployed, Hold hold) {
            return deployed;
        }

        @Override
        Duration pause(PollPace pace) {
            return pace.next();
        }
    };

    private final String title;

    PollDesign(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Gives what answers polls. */
    abstract LambdaFunction serve(LambdaFunction deployed, Hold hold);

    /** Gives how long a client waits between an answer and its next poll. */
    abstract Duration pause(PollPace pace);
}
