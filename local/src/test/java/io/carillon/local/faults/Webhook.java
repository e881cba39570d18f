package io.carillon.local.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.carillon.events.Json;
import io.carillon.local.Await;
import io.carillon.local.LocalRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** A system that is told what happens, and keeps the ids of the events. */
final class Webhook implements AutoCloseable {

    private final Set<String> ids = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean confirmed = new AtomicBoolean();
    private final HttpServer server;

    private Webhook(HttpServer server) {
        this.server = server;
    }

    static Webhook of(LocalRuntime runtime) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Webhook webhook = new Webhook(server);
            server.createContext("/", webhook::take);
            server.start();
            runtime.subscribe(
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/events"));
            // What is told before the confirmation goes nowhere, in AWS too.
            Await.until(webhook.confirmed::get);
            return webhook;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        JsonNode message = Json.read(body, JsonNode.class);
        if (message.has("SubscribeURL")) {
            URI.create(message.path("SubscribeURL").asText())
                    .toURL()
                    .openStream()
                    .close();
            confirmed.set(true);
        } else {
            ids.add(Json.read(message.path("Message").asText(), JsonNode.class)
                    .path("id")
                    .asText());
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    /** The ids that begin so, of all events so far. */
    Set<String> told(String prefix) {
        Set<String> told = new TreeSet<>(ids);
        told.removeIf(id -> !id.startsWith(prefix));
        return told;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
