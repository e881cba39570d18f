package io.carillon.infra;

import io.carillon.infra.calls.Call;
import io.carillon.local.Probes;
import io.carillon.local.calls.CallFilter;
import io.carillon.local.lambda.LambdaFunction;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** Notes which function makes which calls in a local runtime. */
final class Recorder implements CallFilter {

    private static final String PREFIX = "carillon-dev-";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** A function's threads are started by the one that invokes it, and inherit whose they are. */
    private final InheritableThreadLocal<String> running = new InheritableThreadLocal<>();

    private final Map<String, Set<Call>> calls = new HashMap<>();

    Probes probes() {
        return new Probes(this, CallFilter.none(), Running::new, List.of());
    }

    synchronized Set<Call> of(String function) {
        return Set.copyOf(calls.getOrDefault(function, Set.of()));
    }

    /** Waits until a function has made a call. */
    synchronized void await(String function) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!calls.containsKey(function)) {
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left <= 0) {
                throw new AssertionError(function + " made no call within " + PATIENCE);
            }
            wait(left);
        }
    }

    @Override
    public SdkResponse call(SdkRequest request, Next next) {
        String function = running.get();
        if (function != null) {
            note(function, request);
        }
        return next.make(request);
    }

    private synchronized void note(String function, SdkRequest request) {
        Set<Call> noted = calls.computeIfAbsent(function, any -> new TreeSet<>());
        switch (request) {
            case TransactWriteItemsRequest transaction ->
                transaction.transactItems().forEach(item -> noted.add(write(item)));
            case BatchGetItemRequest batch ->
                batch.requestItems().keySet().forEach(table -> noted.add(dynamoDb("BatchGetItem", table)));
            default -> noted.add(plain(request));
        }
        notifyAll();
    }

    private static Call write(TransactWriteItem item) {
        if (item.put() != null) {
            return dynamoDb("PutItem", item.put().tableName());
        }
        if (item.update() != null) {
            return dynamoDb("UpdateItem", item.update().tableName());
        }
        return item.delete() != null
                ? dynamoDb("DeleteItem", item.delete().tableName())
                : dynamoDb("ConditionCheckItem", item.conditionCheck().tableName());
    }

    private static Call plain(SdkRequest request) {
        String operation = request.getClass().getSimpleName().replace("Request", "");
        if (request.getClass().getPackageName().contains(".sqs.")) {
            return new Call("sqs:" + operation.replace("Batch", ""), "mailboxes");
        }
        String table = request.getValueForField("TableName", String.class).orElseThrow();
        String index = request.getValueForField("IndexName", String.class)
                .map(name -> "/" + name)
                .orElse("");
        return dynamoDb(operation, table + index);
    }

    private static Call dynamoDb(String operation, String table) {
        return new Call("dynamodb:" + operation, table.replaceFirst(PREFIX, ""));
    }

    /** A function whose calls are noted. */
    private final class Running implements LambdaFunction {

        private final LambdaFunction function;

        Running(LambdaFunction function) {
            this.function = function;
        }

        @Override
        public String name() {
            return function.name();
        }

        @Override
        public byte[] invoke(byte[] event) {
            running.set(function.name());
            try {
                return function.invoke(event);
            } finally {
                running.remove();
            }
        }
    }
}
