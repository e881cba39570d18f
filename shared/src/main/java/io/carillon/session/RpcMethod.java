package io.carillon.session;

import io.carillon.connection.Connection;
import io.carillon.events.RawJson;

/** A method of the application that clients may call with {@code rpc}. Must be safe for use by several threads. */
public interface RpcMethod {

    /**
     * Answers one call.
     *
     * @throws io.carillon.channel.Refused with the error to reply
     */
    RawJson call(Connection caller, RawJson data);
}
