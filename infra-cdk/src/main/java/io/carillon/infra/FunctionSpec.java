package io.carillon.infra;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.Duration;

/**
 * What tells the functions apart.
 *
 * @param name as in the local runtime, and the end of the function's name in AWS
 * @param handler its class
 * @param memoryMb measured: see {@code docs/performance.md}
 * @param timeout how long an invocation may take
 * @param snapStart whether it starts from a snapshot; one that is not used for two weeks is not at hand when it is wanted
 */
record FunctionSpec(String name, String handler, int memoryMb, Duration timeout, boolean snapStart) {

    private static final String PACKAGE = "io.carillon.functions.";

    /** API Gateway waits no longer. */
    private static final Duration FRONT = Duration.seconds(29);

    static final FunctionSpec CONNECT = front("connect", "ConnectHandler");
    static final FunctionSpec MESSAGE = front("message", "MessageHandler");
    static final FunctionSpec DISCONNECT = front("disconnect", "DisconnectHandler");
    static final FunctionSpec API = front("api", "ApiHandler");
    static final FunctionSpec POLL = front("poll", "PollHandler");

    /** Ends before its messages appear again, so that no mailbox is ever delivered twice at the same time. */
    static final FunctionSpec DELIVER =
            new FunctionSpec("deliver", PACKAGE + "DeliverHandler", 1_024, Duration.seconds(25), true);

    static final FunctionSpec HEARTBEAT = front("heartbeat", "HeartbeatHandler");

    static final List<FunctionSpec> ALL = List.of(CONNECT, MESSAGE, DISCONNECT, API, POLL, DELIVER, HEARTBEAT);

    /** Ends before its messages appear again, and before somebody else takes over what it has begun. */
    static final FunctionSpec PUSH = new FunctionSpec("push", PACKAGE + "PushHandler", 512, Duration.seconds(25), true);

    /** Is invoked by deployments alone, and only where they make platform applications. */
    static final FunctionSpec PLATFORMS =
            new FunctionSpec("platforms", PACKAGE + "PlatformsHandler", 512, Duration.seconds(60), false);

    /** Lists the functions of a deployment: the one of mobile push is there only where that is. */
    static List<FunctionSpec> of(CarillonProps props) {
        return props.pushApplications().isEmpty()
                ? ALL
                : Stream.concat(ALL.stream(), Stream.of(PUSH)).toList();
    }

    private static FunctionSpec front(String name, String handler) {
        return new FunctionSpec(name, PACKAGE + handler, 512, FRONT, true);
    }

    /** Gives the id of its construct: {@code Connect} for {@code connect}. */
    String constructId() {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
