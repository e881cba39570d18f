package io.carillon.local.gateway;

/**
 * What the handshake told about a client, and every event of its connection repeats.
 *
 * @param connectionId id of the connection
 * @param stage        name of the stage
 * @param apiId        id of the API
 * @param domainName   host (and port) that the client asked for
 * @param sourceIp     address the client came from
 * @param userAgent    value of the User-Agent header; empty when there was none
 * @param connectedAt  when the handshake began, in milliseconds since 1970
 */
record Client(
        String connectionId,
        String stage,
        String apiId,
        String domainName,
        String sourceIp,
        String userAgent,
        long connectedAt) {}
