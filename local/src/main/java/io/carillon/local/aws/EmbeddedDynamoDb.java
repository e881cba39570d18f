package io.carillon.local.aws;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Runs DynamoDB Local inside this JVM, without a socket.
 *
 * <p>DynamoDB Local is looked up by name and only its SDK client is used: its licence lets a user run it, but lets no
 * program be compiled with it or pass it on.
 */
final class EmbeddedDynamoDb implements AutoCloseable {

    private static final String FACTORY = "software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded";
    private static final String ENGINE = "software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal";
    private static final String FILE = "dynamodb.sqlite";
    private static final Boolean TELEMETRY_OFF = Boolean.TRUE;

    /** SQLite reports each file it opens. Held here, since the logging system forgets loggers that nobody holds. */
    private static final Logger SQLITE_LOG = Logger.getLogger("com.almworks.sqlite4java");

    static {
        SQLITE_LOG.setLevel(Level.WARNING);
    }

    private final Object engine;
    private final DynamoDbClient client;
    private final AutoCloseable lock;

    private EmbeddedDynamoDb(Object engine, AutoCloseable lock) {
        this.engine = engine;
        this.lock = lock;
        this.client = (DynamoDbClient) call(engine, "dynamoDbClient");
    }

    /** Starts an engine whose tables go with it. */
    static EmbeddedDynamoDb inMemory() {
        return new EmbeddedDynamoDb(create(new Class<?>[] {Boolean.class}, TELEMETRY_OFF), () -> {});
    }

    /** Starts an engine that keeps its tables in a directory, which is made if it is missing. */
    static EmbeddedDynamoDb inDirectory(Path directory) {
        try {
            Files.createDirectories(directory);
            if (!Files.isWritable(directory)) {
                // The engine itself would try forever to open its file.
                throw new AccessDeniedException(directory.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep data in " + directory + "; name a writable directory", e);
        }
        var lock = DirectoryLock.take(directory);
        var file = directory.resolve(FILE).toFile();
        return new EmbeddedDynamoDb(create(new Class<?>[] {File.class, Boolean.class}, file, TELEMETRY_OFF), lock);
    }

    /** Gives the client, which this object owns. */
    DynamoDbClient client() {
        return client;
    }

    @Override
    public void close() {
        call(engine, "shutdown");
        try {
            lock.close();
        } catch (Exception e) {
            throw new IllegalStateException("The data directory could not be released", e);
        }
    }

    private static Object create(Class<?>[] types, Object... arguments) {
        try {
            return Class.forName(FACTORY).getMethod("create", types).invoke(null, arguments);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalStateException(
                    "DynamoDB Local is not whole on the class path; add software.amazon.dynamodb:DynamoDBLocal, or use another"
                            + " DynamoDB with --aws-endpoint URL",
                    e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("DynamoDB Local did not start: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This version of DynamoDB Local has no such entry point", e);
        }
    }

    private static Object call(Object engine, String method) {
        try {
            return Class.forName(ENGINE).getMethod(method).invoke(engine);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("DynamoDB Local failed in " + method, e);
        }
    }
}
