package io.carillon.local.faults;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** An application's backend that lets everybody in, unless it fails. */
final class ConnectBackend implements AutoCloseable {

    private final HttpServer server;
    private volatile boolean failing;

    private ConnectBackend(HttpServer server) {
        this.server = server;
    }

    static ConnectBackend start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ConnectBackend backend = new ConnectBackend(server);
            server.createContext("/", exchange -> {
                byte[] answer = "{\"result\":{\"user\":\"guest\"}}".getBytes(StandardCharsets.UTF_8);
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(backend.failing ? 500 : 200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            server.start();
            return backend;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/connect";
    }

    void fails(boolean now) {
        failing = now;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
