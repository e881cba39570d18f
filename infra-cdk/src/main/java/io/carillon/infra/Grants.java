package io.carillon.infra;

import io.carillon.config.SecretSection;
import java.util.Arrays;
import java.util.List;

/**
 * What each function may do: what its code calls, and not one action more. A test derives the calls from the functions'
 * byte-code and compares; when it fails, change this.
 */
final class Grants {

    private final CarillonTables tables;
    private final Mailboxes mailboxes;
    private final WebSocketFront front;
    private final StoredSecrets secrets;
    private final List<String> proxyFunctions;

    Grants(
            CarillonTables tables,
            Mailboxes mailboxes,
            WebSocketFront front,
            StoredSecrets secrets,
            List<String> proxyFunctions) {
        this.tables = tables;
        this.mailboxes = mailboxes;
        this.front = front;
        this.secrets = secrets;
        this.proxyFunctions = List.copyOf(proxyFunctions);
    }

    /** Allows a function its calls. */
    void to(CarillonFunction function, FunctionSpec spec) {
        switch (spec.name()) {
            case "connect" -> connections(function, "PutItem");
            case "message" -> message(function);
            case "disconnect" -> disconnect(function);
            case "api" -> api(function);
            case "poll" -> poll(function);
            case "deliver" -> deliver(function);
            case "heartbeat" -> heartbeat(function);
            case "push" -> push(function);
            default -> throw new IllegalArgumentException("Nobody said what " + spec.name() + " may do");
        }
    }

    private void message(CarillonFunction function) {
        connections(function, "BatchGetItem", "DeleteItem", "GetItem", "PutItem", "UpdateItem");
        index(function, "user");
        channels(function, "GetItem", "PutItem", "UpdateItem");
        publications(function, "PutItem", "Query");
        subscriptions(function, "GetItem", "Query");
        post(function);
        send(function);
        secret(function, SecretSection.TOKEN);
        secret(function, SecretSection.SUBSCRIPTION_TOKEN);
        backends(function);
    }

    /** A frame may do here whatever it may over WebSocket; besides, connections come, fetch and go. */
    private void poll(CarillonFunction function) {
        message(function);
        outboxes(function, "GetItem", "PutItem");
    }

    private void disconnect(CarillonFunction function) {
        connections(function, "DeleteItem", "GetItem");
        send(function);
    }

    private void api(CarillonFunction function) {
        connections(function, "BatchGetItem", "DeleteItem", "GetItem", "PutItem", "Scan", "UpdateItem");
        index(function, "user");
        channels(function, "GetItem", "PutItem", "Scan", "UpdateItem");
        publications(function, "PutItem", "Query");
        subscriptions(function, "Query");
        post(function);
        send(function);
        secret(function, SecretSection.API);
    }

    private void deliver(CarillonFunction function) {
        connections(function, "BatchGetItem", "DeleteItem", "GetItem", "UpdateItem");
        channels(function, "GetItem", "PutItem", "UpdateItem");
        publications(function, "PutItem", "Query");
        subscriptions(function, "DeleteItem", "PutItem", "Query");
        post(function);
        send(function);
        // What failed is handed back at once.
        function.allow(List.of("sqs:ChangeMessageVisibility"), mailboxes.queue().getQueueArn());
        // What cannot be read is set aside by hand, since it would only fail again.
        function.allow(List.of("sqs:SendMessage"), mailboxes.deadLetters().getQueueArn());
        function.function()
                .addEnvironment(
                        "CARILLON_MAILBOX_DLQ_URL", mailboxes.deadLetters().getQueueUrl());
    }

    private void heartbeat(CarillonFunction function) {
        connections(function, "BatchGetItem", "DeleteItem", "GetItem", "UpdateItem");
        index(function, "heartbeat");
        channels(function, "GetItem", "UpdateItem");
        publications(function, "Query");
        post(function);
        send(function);
        backends(function);
    }

    /** Clients show their connection token when they register a device. */
    void tokens(CarillonFunction function) {
        secret(function, SecretSection.TOKEN);
    }

    /** What it does to devices is in {@link MobilePush}. */
    private void push(CarillonFunction function) {
        connections(function, "BatchGetItem");
        index(function, "user");
    }

    private void connections(CarillonFunction function, String... operations) {
        table(function, tables.names().connections(), operations);
    }

    private void channels(CarillonFunction function, String... operations) {
        table(function, tables.names().channels(), operations);
    }

    private void publications(CarillonFunction function, String... operations) {
        table(function, tables.names().publications(), operations);
    }

    private void subscriptions(CarillonFunction function, String... operations) {
        table(function, tables.names().subscriptions(), operations);
    }

    private void outboxes(CarillonFunction function, String... operations) {
        table(function, tables.names().outboxes(), operations);
    }

    private void table(CarillonFunction function, String table, String... operations) {
        List<String> actions = Arrays.stream(operations)
                .map(operation -> "dynamodb:" + operation)
                .toList();
        function.allow(actions, tables.named(table).getTableArn());
    }

    /** An index of the connections, which is only ever queried. */
    private void index(CarillonFunction function, String index) {
        String table = tables.named(tables.names().connections()).getTableArn();
        function.allow(List.of("dynamodb:Query"), table + "/index/" + index);
    }

    private void post(CarillonFunction function) {
        function.allow(
                List.of("execute-api:ManageConnections"),
                front.connections(List.of("DELETE", "GET", "POST")).toArray(String[]::new));
        outboxes(function, "DeleteItem", "UpdateItem");
    }

    private void send(CarillonFunction function) {
        function.allow(List.of("sqs:SendMessage"), mailboxes.queue().getQueueArn());
    }

    /** The application's own backends, of which some are functions, and some know Carillon by a header. */
    private void backends(CarillonFunction function) {
        if (!proxyFunctions.isEmpty()) {
            function.allow(List.of("lambda:InvokeFunction"), proxyFunctions.toArray(String[]::new));
        }
        secret(function, SecretSection.PROXIES);
    }

    private void secret(CarillonFunction function, SecretSection section) {
        secrets.of(section).ifPresent(secret -> {
            function.allow(List.of("secretsmanager:GetSecretValue"), secret.getSecretArn());
            function.function().addEnvironment(section.variable(), secret.getSecretArn());
        });
    }
}
