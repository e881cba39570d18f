package io.carillon;

/** The version of Carillon, as clients, backends and the command line are told. */
public final class Version {

    public static final String NUMBER = "0.1.0";

    private Version() {}
}
