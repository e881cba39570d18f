package io.carillon.infra;

/** What AWS charges on demand in us-east-1, in US dollars; the list of {@code ./carillon cost} says where each was read. */
final class ListPrices {

    private static final double MILLION = 1_000_000;

    static final double WEB_SOCKET_MESSAGE = 1.00 / MILLION;
    static final double WEB_SOCKET_MINUTE = 0.25 / MILLION;
    static final double HTTP_REQUEST = 1.00 / MILLION;
    static final double INVOCATION = 0.20 / MILLION;
    static final double GB_SECOND = 0.0000133334;
    static final double WRITE_UNIT = 0.625 / MILLION;
    static final double READ_UNIT = 0.125 / MILLION;
    static final double FIFO_REQUEST = 0.50 / MILLION;
    static final double LOG_GIGABYTE = 0.50;

    private ListPrices() {}
}
