package io.carillon.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.carillon.Carillon;
import io.carillon.api.HttpFront;
import io.carillon.events.aws.HttpAnswer;
import io.carillon.events.aws.HttpEvent;
import io.carillon.events.aws.Sample;
import io.carillon.push.DevicesFront;
import io.carillon.region.HealthFront;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers the server API, clients that register their devices, and health checks, behind API Gateway's HTTP API. */
public final class ApiHandler implements RequestStreamHandler {

    private final Supplier<Fronts> fronts;
    private final Invocations invocations;
    private final HealthFront health;

    /** What answers, by the path. */
    private record Fronts(HttpFront api, Optional<DevicesFront> devices) {

        static Fronts of(Carillon carillon) {
            return new Fronts(carillon.httpFront(), carillon.devicesFront());
        }

        HttpAnswer answer(HttpEvent event) {
            return devices.filter(present -> DevicesFront.serves(event))
                    .map(present -> present.answer(event))
                    .orElseGet(() -> api.answer(event));
        }
    }

    /** Starts in Lambda, from the environment. */
    public ApiHandler() {
        this(Wiring.renewed(Fronts::of), Wiring.healthFromEnvironment());
        Priming.register(() -> rehearsal(System.getenv()), Sample.HTTP_REQUEST, Sample.HTTP_REQUEST_BASE64);
    }

    /** Runs without anybody: see {@link Priming}. */
    static ApiHandler rehearsal(Map<String, String> environment) {
        return new ApiHandler(
                Wiring.rehearsed(environment, (carillon, outboxes) -> Fronts.of(carillon)), HealthFront.ofOneRegion());
    }

    private ApiHandler(Wiring.Renewing<Fronts> started, HealthFront health) {
        this(started.part(), started.invocations(), health);
    }

    /** Answers the server API alone. */
    public ApiHandler(HttpFront front) {
        this(front, Optional.empty(), HealthFront.ofOneRegion());
    }

    public ApiHandler(HttpFront front, Optional<DevicesFront> devices, HealthFront health) {
        this(() -> new Fronts(front, devices), Invocations.PLAIN, health);
    }

    private ApiHandler(Supplier<Fronts> fronts, Invocations invocations, HealthFront health) {
        this.fronts = fronts;
        this.invocations = invocations;
        this.health = health;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        HttpEvent event = HttpEvent.read(Streams.text(input));
        HttpAnswer answer = invocations.run(
                context,
                event.header("traceparent"),
                () -> HealthFront.serves(event)
                        ? health.answer(event)
                        : fronts.get().answer(event));
        Streams.write(output, answer.write());
    }
}
