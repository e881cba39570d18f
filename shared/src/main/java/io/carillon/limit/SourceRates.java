package io.carillon.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Says whether too much comes from one IP address, as far as this function instance has seen it. An IPv6 address counts as
 * its /64, which one customer of a provider has to itself. Remembers the {@value #REMEMBERED} addresses that it heard
 * from last.
 *
 * <p>Safe for use by several threads.
 */
public final class SourceRates {

    private static final int REMEMBERED = 10_000;
    private static final int NETWORK_BYTES = 8;

    private final int perSecond;
    private final InstantSource clock;
    private final Map<String, Rate> sources = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Rate> eldest) {
            return size() > REMEMBERED;
        }
    };

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
        Rate rate;
        synchronized (sources) {
            rate = sources.computeIfAbsent(source(ip), any -> new Rate(perSecond, clock));
        }
        return rate.allows();
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
