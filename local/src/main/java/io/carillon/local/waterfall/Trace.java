package io.carillon.local.waterfall;

import io.carillon.local.Probes;
import io.carillon.local.calls.CallFilter;
import io.carillon.local.gateway.GatewayListener;
import io.carillon.local.lambda.LambdaFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/**
 * Notes what happens in a runtime while one publication goes through it. Safe for use by several threads.
 */
final class Trace implements GatewayListener {

    /** A message that API Gateway carried. */
    record Carried(String connectionId, long at) {}

    /** An invocation, from when Lambda was asked to when the handler began and ended. */
    record Invocation(String function, long asked, long began, long ended) {}

    private record Call(String label, long begin, long end) {}

    private final List<Carried> received = new ArrayList<>();
    private final List<Carried> sent = new ArrayList<>();
    private final List<Invocation> invocations = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final ThreadLocal<Long> asked = new ThreadLocal<>();
    private long lastEvent = System.nanoTime();

    /** Gives what is to stand around the latency model. */
    Probes outside() {
        CallFilter filter = (request, next) -> {
            long begin = System.nanoTime();
            try {
                return next.make(request);
            } finally {
                called(request, begin);
            }
        };
        return new Probes(
                filter,
                filter,
                function -> wrap(function, event -> {
                    asked.set(System.nanoTime());
                    return function.invoke(event);
                }),
                List.of(this));
    }

    /** Gives what is to stand between the latency model and the handlers. */
    Probes inside() {
        return new Probes(
                CallFilter.none(),
                CallFilter.none(),
                function -> wrap(function, event -> {
                    long began = System.nanoTime();
                    try {
                        return function.invoke(event);
                    } finally {
                        invoked(function.name(), began);
                    }
                }),
                List.of());
    }

    private static LambdaFunction wrap(LambdaFunction function, UnaryOperator<byte[]> invocation) {
        return new LambdaFunction() {
            @Override
            public String name() {
                return function.name();
            }

            @Override
            public byte[] invoke(byte[] event) {
                return invocation.apply(event);
            }
        };
    }

    private synchronized void called(SdkRequest request, long begin) {
        if (!(request instanceof ReceiveMessageRequest)) {
            calls.add(new Call(Labels.of(request), begin, touch()));
        }
    }

    private synchronized void invoked(String function, long began) {
        // Both wrappers run on the thread of whoever invokes.
        invocations.add(new Invocation(function, asked.get(), began, touch()));
    }

    @Override
    public synchronized void received(String connectionId, int bytes) {
        received.add(new Carried(connectionId, touch()));
    }

    @Override
    public synchronized void sent(String connectionId, int bytes) {
        sent.add(new Carried(connectionId, touch()));
    }

    private long touch() {
        lastEvent = System.nanoTime();
        return lastEvent;
    }

    /** Says for how long nothing has happened. */
    synchronized long quietNanos() {
        return System.nanoTime() - lastEvent;
    }

    synchronized void clear() {
        received.clear();
        sent.clear();
        invocations.clear();
        calls.clear();
        lastEvent = System.nanoTime();
    }

    /** Gives what happened since a client sent a publish command, as spans. */
    synchronized List<Span> spans(long clientSent) {
        List<Span> spans = new ArrayList<>();
        String publisher = received.isEmpty() ? "" : received.getFirst().connectionId();
        spans.add(new Span(
                "",
                "client to API Gateway",
                clientSent,
                received.isEmpty() ? clientSent : received.getFirst().at()));
        for (Invocation one : invocations) {
            if (!received.isEmpty() && one.function().equals("message")) {
                spans.add(new Span(
                        one.function(), Labels.GATEWAY, received.getFirst().at(), one.asked()));
            }
            spans.add(new Span(one.function(), Labels.WAIT, one.asked(), one.began()));
            spans.add(new Span(one.function(), Labels.RUN, one.began(), one.ended()));
        }
        for (Call call : calls) {
            spans.add(new Span(functionAt(call), call.label(), call.begin(), call.end()));
        }
        List<Carried> posts = sent.stream()
                .filter(one -> !one.connectionId().equals(publisher))
                .toList();
        if (!posts.isEmpty()) {
            spans.add(new Span(
                    "deliver",
                    Labels.POSTS,
                    posts.getFirst().at(),
                    posts.getLast().at()));
        }
        return spans;
    }

    /** Names the function that made a call: the one that began last before it and had not ended; else the event source. */
    private String functionAt(Call call) {
        return invocations.stream()
                .filter(one -> one.began() <= call.begin() && call.begin() <= one.ended())
                .reduce((first, second) -> second.began() > first.began() ? second : first)
                .map(Invocation::function)
                .orElse("");
    }
}
