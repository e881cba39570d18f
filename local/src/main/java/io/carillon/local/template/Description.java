package io.carillon.local.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a deployment's template says of everything that the local runtime stands in for, so that what runs on a laptop
 * is what is deployed. What it does not say of is AWS's own (roles, logs, secrets) or the runtime's (ports, storage).
 *
 * @param functions by their logical ids
 * @param queues by their logical ids
 * @param tables all tables
 * @param socket the API of clients
 * @param http the API of backends
 * @param mappings what feeds mailboxes to the deliverer, and notifications to mobile push
 * @param schedule what calls the heartbeat
 * @param subscriptions what subscribes to the topic of events
 * @param environment what all functions' variables agree in
 */
public record Description(
        Map<String, DescribedFunction> functions,
        Map<String, DescribedQueue> queues,
        List<DescribedTable> tables,
        DescribedSocket socket,
        DescribedHttp http,
        List<DescribedMapping> mappings,
        DescribedSchedule schedule,
        List<DescribedSubscription> subscriptions,
        Environment environment) {

    /** Kept equal to what is synthesized by a test of the stack's own. */
    private static final String STANDARD = "dev.json";

    public Description {
        functions = Map.copyOf(functions);
        queues = Map.copyOf(queues);
        tables = List.copyOf(tables);
        mappings = List.copyOf(mappings);
        subscriptions = List.copyOf(subscriptions);
    }

    /** Gives what the stage {@code dev} is deployed as, with mobile push and events for other systems. */
    public static Description standard() {
        return Standard.DESCRIPTION;
    }

    /**
     * Reads a CloudFormation template, JSON.
     *
     * @throws InvalidTemplate if AWS would refuse it, a function would not start, or a part is missing
     */
    public static Description of(String json) {
        return DescriptionReader.read(Template.read(json));
    }

    /** Hides received messages for another time, and shortens the timeouts of the functions that they feed in proportion. */
    public Description withVisibility(Duration visibility) {
        Map<String, DescribedFunction> otherFunctions = new HashMap<>(functions);
        Map<String, DescribedQueue> otherQueues = new HashMap<>(queues);
        for (DescribedMapping mapping : mappings) {
            DescribedQueue queue = queues.get(mapping.queueId());
            DescribedFunction fed = functions.get(mapping.functionId());
            Duration timeout = fed.timeout()
                    .multipliedBy(visibility.toMillis())
                    .dividedBy(queue.visibility().toMillis());
            otherFunctions.put(fed.id(), fed.withTimeout(timeout));
            otherQueues.put(queue.id(), queue.withVisibility(visibility));
        }
        return new Description(
                otherFunctions, otherQueues, tables, socket, http, mappings, schedule, subscriptions, environment);
    }

    /** Takes the throttles of both stages away, to measure what is behind them. */
    public Description withoutThrottles() {
        return new Description(
                functions,
                queues,
                tables,
                socket.withoutThrottle(),
                http.withoutThrottle(),
                mappings,
                schedule,
                subscriptions,
                environment);
    }

    /** Read once, and only by who asks for it. */
    private static final class Standard {

        private static final Description DESCRIPTION = of(text());

        private static String text() {
            try (InputStream input = Description.class.getResourceAsStream(STANDARD)) {
                return new String(input.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
