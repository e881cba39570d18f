package io.carillon.infra.calls;

/**
 * A method in byte-code.
 *
 * @param owner its class, with slashes
 * @param name its name
 * @param type its descriptor
 */
record MethodRef(String owner, String name, String type) {}
