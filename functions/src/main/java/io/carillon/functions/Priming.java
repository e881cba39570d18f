package io.carillon.functions;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.carillon.events.aws.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a function once before SnapStart takes its snapshot, so that what a first invocation loads is in the snapshot: the
 * JSON of the event and the answer, the logic, and the SDK with its signing. It runs a second one, whose calls are all
 * answered with nothing ({@code AwsClients.unconnected}): nothing is read or written, no connection is left open in the
 * snapshot, and no service can make the deployment fail. Without SnapStart nothing of it is loaded but this class.
 *
 * <p>The hooks are those of CRaC, which Lambda calls: "Lambda SnapStart runtime hooks for Java" in its documentation.
 */
final class Priming implements Resource {

    private static final Logger LOG = LoggerFactory.getLogger(Priming.class);

    /** The runtime remembers its resources by weak references only. */
    private static final List<Priming> REGISTERED = new CopyOnWriteArrayList<>();

    private final Supplier<RequestStreamHandler> rehearsal;
    private final List<Sample> events;

    Priming(Supplier<RequestStreamHandler> rehearsal, Sample... events) {
        this.rehearsal = rehearsal;
        this.events = List.of(events);
    }

    /** Has a function run before the snapshot. */
    static void register(Supplier<RequestStreamHandler> rehearsal, Sample... events) {
        Priming priming = new Priming(rehearsal, events);
        REGISTERED.add(priming);
        Core.getGlobalContext().register(priming);
    }

    /** A function that could not be primed is slower at first, and no worse. */
    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        try {
            run();
            LOG.info("The function is primed");
        } catch (IOException | RuntimeException e) {
            LOG.warn("The function could not be primed", e);
        }
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        // The snapshot holds nothing of this that could be stale.
    }

    /** Invokes the function with each event. */
    void run() throws IOException {
        RequestStreamHandler handler = rehearsal.get();
        for (Sample event : events) {
            byte[] input = event.text().getBytes(StandardCharsets.UTF_8);
            handler.handleRequest(new ByteArrayInputStream(input), new ByteArrayOutputStream(), new RehearsalContext());
        }
    }
}
