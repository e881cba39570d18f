package io.carillon.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;

/**
 * DynamoDB Local behind HTTP, for functions in processes of their own. Found by name at run time: its licence does not
 * allow to combine it with other programs.
 */
final class DynamoDbServer implements AutoCloseable {

    private static final String RUNNER = "software.amazon.dynamodb.services.local.main.ServerRunner";

    private final Object server;
    private final int port;

    private DynamoDbServer(Object server, int port) {
        this.server = server;
        this.port = port;
    }

    static DynamoDbServer start() throws IOException {
        int port = freePort();
        String[] arguments = {"-inMemory", "-disableTelemetry", "-port", Integer.toString(port)};
        try {
            Object server = Class.forName(RUNNER)
                    .getMethod("createServerFromCommandLineArgs", String[].class)
                    .invoke(null, (Object) arguments);
            server.getClass().getMethod("start").invoke(server);
            return new DynamoDbServer(server, port);
        } catch (ReflectiveOperationException e) {
            throw new IOException("DynamoDB Local did not start: it must be whole on the class path", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        try {
            server.getClass().getMethod("stop").invoke(server);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("DynamoDB Local did not stop", e);
        }
    }
}
