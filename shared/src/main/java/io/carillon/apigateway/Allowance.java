package io.carillon.apigateway;

/** Says when the next call may be made. */
@FunctionalInterface
interface Allowance {

    /**
     * Takes one call.
     *
     * @param waiting how many calls are waiting, the one that this is for included
     * @return 0 if it may be made now; otherwise none was taken, and it is the nanoseconds until asking again helps
     */
    long take(int waiting);
}
