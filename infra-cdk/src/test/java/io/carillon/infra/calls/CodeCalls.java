package io.carillon.infra.calls;

import io.carillon.dynamodb.DynamoDbQuota;
import io.carillon.dynamodb.TableNames;
import io.carillon.sqs.SqsDeadLetters;
import io.carillon.sqs.SqsPushQueue;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Derives from byte-code which calls a function can make to AWS, and on what. Calls on DynamoDB belong to the table that
 * their class is built with: an adapter class works on one table.
 */
public final class CodeCalls {

    private static final String SDK = "software/amazon/awssdk/services/";
    private static final String QUOTA = DynamoDbQuota.class.getName().replace('.', '/');
    private static final String DEAD_LETTERS = SqsDeadLetters.class.getName().replace('.', '/');
    private static final String PUSH_QUEUE = SqsPushQueue.class.getName().replace('.', '/');
    private static final String TABLE_NAMES = TableNames.class.getName().replace('.', '/');

    /** A transaction needs the permission of each write in it, which these builders make. */
    private static final Map<String, String> IN_TRANSACTION = Map.of(
            "Put", "PutItem", "Update", "UpdateItem", "Delete", "DeleteItem", "ConditionCheck", "ConditionCheckItem");

    private final Classes classes = new Classes();
    private final Map<String, Set<String>> tables = new HashMap<>();
    private final Set<Call> calls = new TreeSet<>();

    private CodeCalls() {}

    /** Lists what a handler can call. */
    public static Set<Call> of(Class<?> handler) {
        CodeCalls found = new CodeCalls();
        Set<MethodRef> reached = Reach.of(handler);
        reached.forEach(found::noteTables);
        reached.forEach(found::noteCalls);
        if (found.calls.stream().noneMatch(call -> call.action().startsWith("execute-api:"))) {
            // Whoever makes a poster seems to lease from the quota; a poster that never posts does not.
            found.calls.clear();
            reached.stream().filter(method -> !method.owner().equals(QUOTA)).forEach(found::noteCalls);
        }
        return found.calls;
    }

    /** A class that is built with a table's name, or keeps one, works on that table. */
    private void noteTables(MethodRef method) {
        String table = "";
        for (CodeElement element : classes.declared(method).orElseThrow().code().orElseThrow()) {
            if (element instanceof InvokeInstruction call
                    && call.owner().asInternalName().equals(TABLE_NAMES)
                    && call.type().stringValue().equals("()Ljava/lang/String;")) {
                table = call.name().stringValue();
            } else if (element instanceof FieldInstruction field
                    && field.opcode() == Opcode.GETFIELD
                    && tables.containsKey(field.owner().asInternalName())
                    && field.name().equalsString("table")) {
                table = tables.get(field.owner().asInternalName()).iterator().next();
            } else if (element instanceof FieldInstruction field
                    && !table.isEmpty()
                    && field.type().stringValue().equals("Ljava/lang/String;")) {
                note(field.owner().asInternalName(), table);
                table = "";
            } else if (element instanceof InvokeInstruction call
                    && !table.isEmpty()
                    && call.name().equalsString("<init>")) {
                note(call.owner().asInternalName(), table);
                table = "";
            }
        }
    }

    private void note(String type, String table) {
        tables.computeIfAbsent(type, any -> new TreeSet<>()).add(table);
    }

    private void noteCalls(MethodRef method) {
        String text = "";
        String index = "";
        for (CodeElement element : classes.declared(method).orElseThrow().code().orElseThrow()) {
            if (element instanceof ConstantInstruction constant && constant.constantValue() instanceof String value) {
                text = value;
            } else if (element instanceof InvokeInstruction call
                    && call.owner().asInternalName().startsWith(SDK)) {
                if (call.name().equalsString("indexName")) {
                    index = "/" + text;
                }
                noteCall(method.owner(), call.owner().asInternalName().substring(SDK.length()), call, index);
            }
        }
    }

    private void noteCall(String caller, String type, InvokeInstruction call, String index) {
        String name = call.name().stringValue();
        String model = type.substring(type.lastIndexOf('/') + 1);
        if (type.startsWith("dynamodb/model/") && name.equals("builder") && IN_TRANSACTION.containsKey(model)) {
            calls.add(new Call("dynamodb:" + IN_TRANSACTION.get(model), table(caller)));
        } else if (!isRequest(call)) {
            return;
        } else if (model.equals("DynamoDbClient") && !name.equals("transactWriteItems")) {
            calls.add(new Call("dynamodb:" + action(name.replace("Paginator", "")), table(caller) + index));
        } else if (model.equals("SqsClient")) {
            calls.add(new Call("sqs:" + action(name.replace("Batch", "")), queue(caller)));
        } else if (model.equals("SnsClient")) {
            // There is no resource yet that one could be allowed to make.
            String resource = name.equals("createPlatformApplication") ? "*" : "sns";
            calls.add(new Call("sns:" + action(name.replace("Batch", "")), resource));
        } else if (model.equals("LambdaClient")) {
            calls.add(new Call("lambda:" + action(name) + "Function", "lambda"));
        } else if (model.equals("SecretsManagerClient")) {
            calls.add(new Call("secretsmanager:" + action(name), "secret"));
        } else if (model.equals("ApiGatewayManagementApiAsyncClient")) {
            calls.add(new Call("execute-api:ManageConnections", httpMethod(name)));
        }
    }

    private static boolean isRequest(InvokeInstruction call) {
        String answer = call.type().stringValue();
        return answer.endsWith("Response;") || answer.endsWith("Iterable;") || answer.endsWith("CompletableFuture;");
    }

    private static String queue(String caller) {
        if (caller.equals(PUSH_QUEUE)) {
            return "push";
        }
        return caller.equals(DEAD_LETTERS) ? "dead letters" : "mailboxes";
    }

    private String table(String caller) {
        Set<String> candidates = tables.getOrDefault(caller, Set.of());
        if (candidates.size() != 1) {
            throw new IllegalStateException(caller + " calls DynamoDB and is built with the tables " + candidates
                    + ": an adapter class works on one table, so that its permissions can be told");
        }
        return candidates.iterator().next();
    }

    private static String action(String method) {
        return Character.toUpperCase(method.charAt(0)) + method.substring(1);
    }

    private static String httpMethod(String operation) {
        return switch (operation) {
            case "postToConnection" -> "POST";
            case "getConnection" -> "GET";
            case "deleteConnection" -> "DELETE";
            default -> throw new IllegalStateException("No operation of connections is called " + operation);
        };
    }
}
