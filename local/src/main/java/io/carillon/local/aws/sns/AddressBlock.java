package io.carillon.local.aws.sns;

import java.math.BigInteger;
import java.net.InetAddress;

/**
 * Holds the IPv4 or IPv6 addresses of a CIDR block.
 *
 * @param network an address of the block
 * @param hostBits how many low bits differ inside the block
 */
record AddressBlock(InetAddress network, int hostBits) {

    /** Reads a block such as {@code 10.0.0.0/24}. */
    static AddressBlock parse(String text) {
        var slash = text.indexOf('/');
        try {
            var network = InetAddress.ofLiteral(text.substring(0, slash));
            var length = Integer.parseInt(text.substring(slash + 1));
            var bits = network.getAddress().length * Byte.SIZE;
            if (length < 0 || length > bits) {
                throw new NumberFormatException("not 0 to " + bits);
            }
            return new AddressBlock(network, bits - length);
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw FilterConditionReader.refused("Malformed CIDR, one '/' and an address required: " + text);
        }
    }

    boolean contains(String text) {
        try {
            var address = InetAddress.ofLiteral(text);
            return address.getClass() == network.getClass() && prefix(address).equals(prefix(network));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private BigInteger prefix(InetAddress address) {
        return new BigInteger(1, address.getAddress()).shiftRight(hostBits);
    }
}
