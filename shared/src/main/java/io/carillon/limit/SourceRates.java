package io.carillon.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Says whether too much comes from one IP address, as far as this function instance has seen it. An IPv6 address counts as
 * its /64, which one customer of a provider has to itself. Remembers the {@value Recent#REMEMBERED} addresses that it heard
 * from last.
 *
 * <p>Safe for use by several threads.
 */
public final class SourceRates {

    private static final int NETWORK_BYTES = 8;

    private final int perSecond;
    private final InstantSource clock;
    private final Recent<Rate> sources = new Recent<>();

    /**
     * Starts anew.
     *
     * @param perSecond how much one address may send; 0 for any number
     */
    public SourceRates(int perSecond, InstantSource clock) {
        this.perSecond = perSecond;
        this.clock = clock;
    }

    /** Counts one more from an address, and says whether it is allowed. */
    public boolean allows(String ip) {
        if (perSecond == 0) {
            return true;
        }
        return sources.of(source(ip), () -> new Rate(perSecond, clock)).allows();
    }

    private static String source(String ip) {
        if (ip.indexOf(':') < 0) {
            return ip;
        }
        try {
            return InetAddress.ofLiteral(ip) instanceof Inet6Address address
                    ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
                    : ip;
        } catch (IllegalArgumentException e) {
            return ip;
        }
    }
}
