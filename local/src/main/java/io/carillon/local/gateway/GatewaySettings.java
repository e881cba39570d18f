package io.carillon.local.gateway;

import java.time.Duration;

/**
 * Says where the gateway listens and which limits it keeps. The defaults are AWS's (API Gateway quotas for WebSocket
 * APIs); the durations are there for tests, which cannot wait for two hours.
 *
 * @param host               address to listen on
 * @param port               port to listen on; 0 takes a free one
 * @param stage              name of the stage, which is the first part of the AWS paths
 * @param apiId              id of the API, as events name it
 * @param integrationTimeout longest wait for a function
 * @param idleTimeout        longest time with no message in either direction
 * @param lifetime           longest life of a connection
 * @param clientBuffer       bytes that may wait to be written to one client; a post beyond it is answered 429. A message
 *                           for a client with nothing waiting is always taken
 * @param cors               which browser origins may call the HTTP API
 */
public record GatewaySettings(
        String host,
        int port,
        String stage,
        String apiId,
        Duration integrationTimeout,
        Duration idleTimeout,
        Duration lifetime,
        int clientBuffer,
        Cors cors) {

    /** Largest WebSocket frame, in bytes; a bigger message must come and goes in several frames. */
    static final int MAX_FRAME = 32 * 1024;

    /** Largest message in either direction, in bytes. */
    static final int MAX_MESSAGE = 128 * 1024;

    /**
     * Twice the largest message: room for one message on its way and the next, so a healthy client is never refused for
     * the size of what it gets, while one that stopped reading is noticed early and costs little memory. AWS does not
     * publish its figure.
     */
    private static final int DEFAULT_CLIENT_BUFFER = 2 * MAX_MESSAGE;

    public GatewaySettings {
        if (!stage.matches("[A-Za-z0-9_-]{1,128}") || stage.equals("api") || stage.equals("connection")) {
            throw new IllegalArgumentException("The stage must be of letters, digits, - and _, and neither api nor"
                    + " connection, which name paths of their own; it was " + stage);
        }
        if (clientBuffer < 1) {
            throw new IllegalArgumentException("The client buffer must hold at least 1 byte, not " + clientBuffer);
        }
    }

    /** Gives a gateway on a free port of the loopback address, with AWS's limits and no browser origins. */
    public static GatewaySettings defaults() {
        return new GatewaySettings(
                "127.0.0.1",
                0,
                "local",
                "local",
                Duration.ofSeconds(29),
                Duration.ofMinutes(10),
                Duration.ofHours(2),
                DEFAULT_CLIENT_BUFFER,
                Cors.none());
    }

    public GatewaySettings withHost(String newHost) {
        return new GatewaySettings(
                newHost, port, stage, apiId, integrationTimeout, idleTimeout, lifetime, clientBuffer, cors);
    }

    public GatewaySettings withPort(int newPort) {
        return new GatewaySettings(
                host, newPort, stage, apiId, integrationTimeout, idleTimeout, lifetime, clientBuffer, cors);
    }

    public GatewaySettings withStage(String newStage) {
        return new GatewaySettings(
                host, port, newStage, apiId, integrationTimeout, idleTimeout, lifetime, clientBuffer, cors);
    }

    public GatewaySettings withIntegrationTimeout(Duration timeout) {
        return new GatewaySettings(host, port, stage, apiId, timeout, idleTimeout, lifetime, clientBuffer, cors);
    }

    public GatewaySettings withIdleTimeout(Duration timeout) {
        return new GatewaySettings(host, port, stage, apiId, integrationTimeout, timeout, lifetime, clientBuffer, cors);
    }

    public GatewaySettings withLifetime(Duration newLifetime) {
        return new GatewaySettings(
                host, port, stage, apiId, integrationTimeout, idleTimeout, newLifetime, clientBuffer, cors);
    }

    public GatewaySettings withClientBuffer(int bytes) {
        return new GatewaySettings(host, port, stage, apiId, integrationTimeout, idleTimeout, lifetime, bytes, cors);
    }

    public GatewaySettings withCors(Cors newCors) {
        return new GatewaySettings(
                host, port, stage, apiId, integrationTimeout, idleTimeout, lifetime, clientBuffer, newCors);
    }
}
