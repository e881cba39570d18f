package io.carillon.benchmarks;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.carillon.events.aws.Sample;
import io.carillon.functions.ApiHandler;
import io.carillon.functions.ConnectHandler;
import io.carillon.functions.DeliverHandler;
import io.carillon.functions.DisconnectHandler;
import io.carillon.functions.HeartbeatHandler;
import io.carillon.functions.MessageHandler;
import io.carillon.functions.PollHandler;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;

/**
 * A function that can be measured.
 *
 * @param events gives what it is invoked with, one after another
 */
record BenchFunction(String name, Class<? extends RequestStreamHandler> handler, IntFunction<String> events) {

    private static final String CONNECTION = "HfAbCcDdEeFfGgA=";

    /** The class path that they are deployed with. */
    static String classPath() {
        return System.getProperty("carillon.functions", System.getProperty("java.class.path"));
    }

    static List<BenchFunction> all(Backends backends) {
        return List.of(
                new BenchFunction("connect", ConnectHandler.class, i -> fresh(Sample.WEBSOCKET_CONNECT)),
                new BenchFunction("message", MessageHandler.class, i -> admitted(Sample.WEBSOCKET_MESSAGE, backends)),
                new BenchFunction(
                        "disconnect", DisconnectHandler.class, i -> admitted(Sample.WEBSOCKET_DISCONNECT, backends)),
                new BenchFunction("api", ApiHandler.class, i -> Sample.HTTP_REQUEST.text()),
                new BenchFunction("poll", PollHandler.class, i -> Sample.HTTP_POLL.text()),
                new BenchFunction("deliver", DeliverHandler.class, i -> mail(backends, i)),
                new BenchFunction("heartbeat", HeartbeatHandler.class, i -> Sample.SCHEDULE.text()));
    }

    private static String fresh(Sample sample) {
        return sample.text().replace(CONNECTION, id());
    }

    private static String admitted(Sample sample, Backends backends) {
        String id = id();
        backends.admit(id);
        return sample.text().replace(CONNECTION, id);
    }

    private static String id() {
        return UUID.randomUUID().toString().substring(0, 15) + "=";
    }

    /** Each batch brings the two publications after those of the batch before. */
    private static String mail(Backends backends, int batch) {
        if (batch == 0) {
            backends.rewind();
        }
        return Sample.SQS_FIFO_BATCH
                .text()
                .replace("\\\"offset\\\":41", "\\\"offset\\\":" + (41 + 2 * batch))
                .replace("\\\"offset\\\":42,", "\\\"offset\\\":" + (42 + 2 * batch) + ",");
    }
}
