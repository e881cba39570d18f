/**
 * Serves clients that cannot use WebSocket: requests of HTTP take the place of frames, and an outbox for each connection
 * that of the socket. To everything behind, such a connection is one like any other.
 */
package io.carillon.longpoll;
