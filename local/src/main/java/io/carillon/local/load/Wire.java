package io.carillon.local.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;

/** One connection of a client, from its opening to its end. What happens to it is told in order, one at a time. */
interface Wire {

    /** Close code for a connection that ended without anybody closing it. Source: RFC 6455, 7.4.1. */
    int ABNORMAL = 1006;

    /** What a client hears of its connection. */
    interface Owner {
        void opened(Wire wire);

        void frame(Wire wire, String text);

        /** The connection is no more, or never came to be. */
        void ended(Wire wire, int code, String reason);
    }

    /** Opens the connection under a User-Agent; the owner hears of it. */
    void open(HttpClient http, URI uri, String agent, Duration timeout);

    /** Sends a frame, after those sent before. */
    void send(String text);

    /** Ends the connection as the client library does when the network is lost. */
    void abort();

    /** Does nothing any more, and tells nobody, as a device that is lost. */
    void abandon();

    /** Stops reading, or reads on. */
    void stall(boolean stalled);
}
