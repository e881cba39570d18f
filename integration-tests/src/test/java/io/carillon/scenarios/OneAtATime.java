package io.carillon.scenarios;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Hands requests on to an address, each when the one before is answered: for an emulator that does not keep concurrent
 * requests apart, as AWS does. It listens on a free port of this machine until it is closed.
 */
final class OneAtATime implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(60);

    /** Those that belong to a connection, not to what is said over it; each side has its own. */
    private static final Set<String> OF_A_CONNECTION =
            Set.of("connection", "content-length", "expect", "host", "keep-alive", "transfer-encoding", "upgrade");

    private final URI to;
    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService only = Executors.newSingleThreadExecutor();

    private OneAtATime(URI to, HttpServer server) {
        this.to = to;
        this.server = server;
    }

    static OneAtATime before(URI address) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            OneAtATime gate = new OneAtATime(address, server);
            server.setExecutor(gate.only);
            server.createContext("/", gate::handOn);
            server.start();
            return gate;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handOn(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            to.resolve(exchange.getRequestURI().toString()))
                    .timeout(ANSWER)
                    .method(
                            exchange.getRequestMethod(),
                            BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (!isOfAConnection(name)) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
            response.headers().map().forEach((name, values) -> {
                if (!isOfAConnection(name)) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            byte[] body = response.body();
            exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isOfAConnection(String header) {
        return OF_A_CONNECTION.contains(header.toLowerCase(Locale.ROOT));
    }

    @Override
    public void close() {
        server.stop(0);
        only.shutdownNow();
        client.close();
    }
}
