package io.carillon.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.Config;
import io.carillon.events.Json;
import io.carillon.local.Await;
import io.carillon.local.LocalRuntime;
import io.carillon.local.Probes;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.calls.CallFilter;
import io.carillon.local.lambda.LambdaFunction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;

/** What the queue of mailboxes must do: hand out again what failed, and together what waits. */
final class MailScenario {

    /** The most that a FIFO queue hands out at once. */
    private static final int BATCH = 10;

    private final String doomed;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger largest = new AtomicInteger();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private volatile boolean fails;
    private volatile boolean holds;

    private MailScenario(String doomed) {
        this.doomed = doomed;
    }

    /** Starts a runtime and does everything; gives the name of the first step that does not succeed. */
    static Optional<String> failure(Description description, String doomed) {
        MailScenario scenario = new MailScenario(doomed);
        RuntimeSettings settings = RuntimeSettings.of(Config.read(Scenario.CONFIG))
                .withDescription(description)
                .withProbes(new Probes(scenario::call, CallFilter.none(), scenario::watched, List.of()));
        try (LocalRuntime runtime = LocalRuntime.start(settings)) {
            scenario.deliverAgain(runtime.port());
            scenario.deliverTogether(runtime.port());
            return Optional.empty();
        } catch (StepFailed e) {
            return Optional.of(e.getMessage());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            scenario.release.countDown();
        }
    }

    private void deliverAgain(int port) throws StepFailed, InterruptedException {
        try (SteppingClient client = connected(port)) {
            fails = true;
            client.say(subscribe("news"));
            client.await("deliver again", reply -> reply.has("subscribe"));
        }
    }

    private void deliverTogether(int port) throws StepFailed, InterruptedException {
        List<SteppingClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i <= BATCH; i++) {
                clients.add(connected(port));
            }
            holds = true;
            clients.getFirst().say(subscribe("crowd"));
            held.await();
            int before = sent.get();
            clients.stream().skip(1).forEach(client -> client.say(subscribe("crowd")));
            Await.until("the mail of all others", () -> sent.get() == before + BATCH);
            largest.set(0);
            release.countDown();
            for (SteppingClient client : clients) {
                client.await("subscribe", reply -> reply.has("subscribe"));
            }
            if (largest.get() != BATCH) {
                throw new StepFailed("deliver together");
            }
        } finally {
            clients.forEach(SteppingClient::close);
        }
    }

    private SteppingClient connected(int port) throws StepFailed, InterruptedException {
        SteppingClient client = new SteppingClient(port, doomed);
        client.ask("connect", "{\"id\":1,\"connect\":{}}");
        return client;
    }

    private static String subscribe(String channel) {
        return "{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + "\"}}";
    }

    private SdkResponse call(SdkRequest request, CallFilter.Next next) {
        if (fails && request instanceof PutItemRequest put && put.tableName().endsWith("-subscriptions")) {
            throw SdkClientException.create("The table does not answer");
        }
        SdkResponse response = next.make(request);
        if (request instanceof SendMessageBatchRequest batch) {
            sent.addAndGet(batch.entries().size());
        }
        return response;
    }

    private LambdaFunction watched(LambdaFunction function) {
        return function.name().equals("deliver") ? new Watched(function) : function;
    }

    /** Counts what a delivery has to do, and holds it up; after the first that failed, nothing fails any more. */
    private final class Watched implements LambdaFunction {

        private final LambdaFunction function;

        Watched(LambdaFunction function) {
            this.function = function;
        }

        @Override
        public String name() {
            return function.name();
        }

        @Override
        public byte[] invoke(byte[] event) {
            int records = Json.read(new String(event, StandardCharsets.UTF_8), JsonNode.class)
                    .path("Records")
                    .size();
            largest.accumulateAndGet(records, Math::max);
            if (holds) {
                hold();
            }
            byte[] answer = function.invoke(event);
            if (new String(answer, StandardCharsets.UTF_8).contains("itemIdentifier")) {
                fails = false;
            }
            return answer;
        }

        private void hold() {
            held.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
