package io.carillon.local;

import io.carillon.local.aws.LocalAws;
import java.net.URI;
import java.nio.file.Path;

/** Where the tables and queues of a local runtime are. */
public sealed interface Storage {

    /** In this JVM, forgotten when it ends. */
    record InMemory() implements Storage {}

    /** In this JVM, with the tables kept in a directory. */
    record Directory(Path path) implements Storage {}

    /**
     * At an address that serves DynamoDB, SQS and SNS.
     *
     * @param prefix what the names of tables, queues and topics begin with, so that several runtimes can share an address
     */
    record Endpoint(URI address, String prefix) implements Storage {

        /** With the same names as everywhere. */
        public Endpoint(URI address) {
            this(address, "");
        }
    }

    /** Gives the name by which a table, queue or topic is known where it is. */
    default String named(String name) {
        return this instanceof Endpoint endpoint ? endpoint.prefix() + name : name;
    }

    /** In services that somebody else has started, and closes after the runtime: what is in them can be looked at. */
    record Shared(LocalAws services) implements Storage {}
}
