/** What clients that cannot use WebSocket say and hear over HTTP: the frames of the protocol, in envelopes of JSON. */
package io.carillon.events.poll;
