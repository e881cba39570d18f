package io.carillon.infra;

import java.util.Optional;

/**
 * A name of your own for one of the two APIs, which cannot share one.
 *
 * @param name as in {@code ws.example.com}
 * @param certificateArn a certificate of AWS Certificate Manager for it, in the API's Region
 * @param hostedZone where Route 53 is to point the name at the API; without one, you point it yourself
 */
public record CustomDomain(String name, String certificateArn, Optional<HostedZone> hostedZone) {

    /**
     * A public hosted zone of Route 53.
     *
     * @param id as in {@code Z0123456789ABCDEFGHIJ}
     * @param name as in {@code example.com}
     */
    public record HostedZone(String id, String name) {}
}
